"""Files to take along: what one may see, or may hand out, made by a job with its member's rights of that moment."""
