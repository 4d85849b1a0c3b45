"""Office-space monetization planner: which floors to free, what they earn, in what order to move."""
