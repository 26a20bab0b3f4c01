"""Reports from outdoors: written with no signal, kept on the phone under a key, and sent exactly once."""
