"""Measures: propose what is to be done, agree, follow it to its end, and say what came of it."""
