"""The identity vault: whose data is held, under a key for each, who may know of them, and every visit.

A person belongs to one organisation, their controller; two organisations that know the same youth have two persons.
Keys lie outside the database (`keys.py`), so that neither a dump nor whoever owns the database can read a name.
"""
