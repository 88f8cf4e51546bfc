"""Statements of two people that a find of the leak check is no secret."""
