"""The models of this room, one module a subject."""
