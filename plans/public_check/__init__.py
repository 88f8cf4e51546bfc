"""The page of the leak check, and who may say that a find is no secret."""
