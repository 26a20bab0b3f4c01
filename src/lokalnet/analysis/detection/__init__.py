"""Is something unusual going on now? Reports in, judged by what the same organisations usually tell."""
