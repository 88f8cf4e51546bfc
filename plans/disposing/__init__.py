"""Disposes of editions and revisions whose 保存年限 is over."""
