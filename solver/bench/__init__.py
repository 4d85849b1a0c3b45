"""Benchmarks of the solver: instances, baselines and a runner that compares them in one run."""
