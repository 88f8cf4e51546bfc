"""The summary (概要版): the plan on a few pages."""
