"""Restack and wave optimisation: integers in, integers out; knows no database, web or currency."""
