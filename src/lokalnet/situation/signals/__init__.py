"""What is unusual: asked for without persons, looked at, kept while it lasts, told once."""
