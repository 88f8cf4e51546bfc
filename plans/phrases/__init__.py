"""What the municipality says for the phrases its plan leaves open."""
