"""What of a file is shared: chosen from what stands on its page, and given to the gate."""
