"""The pages of the plan: thin, because what they show and write is decided by services without a request."""
