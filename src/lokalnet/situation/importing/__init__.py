"""Observations from files of others: checked row by row, stored once, and run again without harm."""
