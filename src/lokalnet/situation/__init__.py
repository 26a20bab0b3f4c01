"""Observations: what happens where, who may see it, and the live picture of it."""
