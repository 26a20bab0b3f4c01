"""What the parties of a partnership have agreed with each other."""
