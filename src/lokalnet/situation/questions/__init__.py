"""Questions to partners who never log in, and the link that answers one, once."""
