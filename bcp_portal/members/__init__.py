"""People at the door and at work: signing in, passwords, members and their roles, the municipality.

Why a room of its own: whatever changes who may do what must appear in the operation log. The log
(`audit`) stands on `accounts`, so `accounts`, which every room imports, cannot write to it. The
pages and services about people therefore stand here, above both and beside `annex`; nobody needs
to import them.
"""
