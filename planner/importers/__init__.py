"""Files of users: each format in its place, read whole or refused whole."""
