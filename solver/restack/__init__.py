"""Which spaces to keep and where each team sits."""
