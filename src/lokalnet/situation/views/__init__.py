"""Pages, one file for each topic: they parse, ask the capability, and render."""
