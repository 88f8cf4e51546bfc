"""みほん市: a fictional municipality with a whole plan, for trying, reviewing and testing."""
