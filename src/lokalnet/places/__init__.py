"""Municipalities, parishes and neighbourhoods; points, bounds and the fixed grid of coarse places."""
