"""What a page shows, as a reader's own organisation files it: `interface/journal.py` makes text or a PDF of it."""
