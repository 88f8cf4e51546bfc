"""What a person sees first: what is due, how far the plan is, the guide."""
