"""Conflict readiness: when a conflict breaks out, everybody acts quickly and says the same."""
