"""What is printed beside the plan: carry cards, forms to write on, the summary."""
