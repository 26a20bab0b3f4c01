"""Before and after: did what is counted change at a date, more than elsewhere, and did it move?"""
