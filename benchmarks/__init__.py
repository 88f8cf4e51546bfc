"""Measurements that are run by hand: what pages, prints, imports and a busy office cost."""
