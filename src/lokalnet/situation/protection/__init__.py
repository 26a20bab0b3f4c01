"""What is no longer needed goes, and what slipped through is looked for."""
