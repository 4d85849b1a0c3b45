"""CAD drawings: what lies on which layer, and the rooms that somebody drew as closed shapes."""
