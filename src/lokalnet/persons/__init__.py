"""The identity vault: whose data is held, under a key for each, who may know of them, and every visit."""
