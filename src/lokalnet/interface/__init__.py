"""The base template, the pieces pages are made of, and the browser's policy."""
