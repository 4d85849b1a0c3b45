"""Moves into dated waves: who moves when, so that nobody is ever without a seat."""
