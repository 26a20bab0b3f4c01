"""Who works here, for whom, what they may do, and the log of what they did."""
