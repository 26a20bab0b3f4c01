"""What was told before a measure began, and after: counted, compared with elsewhere, and put in words that fit."""
