"""The 新旧対照表: what differs between two documents, sentence by sentence and cell by cell."""
