"""The 様式 of this room: records, declarations, views, figures, rules, and first rows."""
