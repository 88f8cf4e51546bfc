"""Pages and files that take long to make: one kind of job, which shows them when they are ready."""
