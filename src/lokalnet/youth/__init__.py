"""Help early: from a worry about a young person to a file, and through the gate to those who lawfully may know."""
