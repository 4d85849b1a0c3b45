"""Office-space monetization planner: floors to free, what they earn, the order of moves."""
