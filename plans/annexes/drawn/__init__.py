"""The figures of chapters, one file each: what each shows of which tables, and how it is put together."""
