"""The editions a plan had before this program: entered once, listed and counted with ours."""
