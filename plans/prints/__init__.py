"""What can be printed: products, requests, and the pages that ask for them."""
