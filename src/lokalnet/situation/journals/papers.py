"""What every copy has; it lies below, because capabilities below copy too (access/papers.py)."""

from lokalnet.access.papers import paper, recorder

__all__ = ["paper", "recorder"]
