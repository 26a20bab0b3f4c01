"""Pages of the person room: worries, clarifying them, and files."""
