"""The data protection officer's desk: who read, shared and broke in, for a case, inside the own organisation."""
