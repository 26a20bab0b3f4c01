"""The gate: everything that one authority shares with another about a person, also by word of mouth, goes through here.

`offering` is what the giver does, `answering` what the receiver does, `taking_back` what the giver does afterwards.
"""
