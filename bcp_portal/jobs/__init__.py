"""The one job machine: whatever somebody waits for is done by a worker, or ends with the reason."""
