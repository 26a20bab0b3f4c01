"""Afklaring: what is done about a worry, in four steps, each decided by a human, and the answer to the one who told."""
