"""Later steps that only tests know."""
