"""The site: it parses what a person sent, calls one service, and answers."""
