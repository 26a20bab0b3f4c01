"""What the law lets one authority share with another: grounds, offers, copies and their recall."""
