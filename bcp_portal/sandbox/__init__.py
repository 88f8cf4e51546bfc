"""Strangers' files are opened in a process of their own, which can do no harm and take no time."""
