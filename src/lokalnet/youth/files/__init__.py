"""The file of one young person in one organisation: entered for a purpose, read page by page, written in, left."""
