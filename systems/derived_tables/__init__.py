"""Tables without rows of their own: views of other tables, as the published plans print them."""
