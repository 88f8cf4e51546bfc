"""Tables that have no rows of their own: views of other tables, as the published plans print them."""
