"""Estate to solver instance, solution to plan: the only door to the solver."""
