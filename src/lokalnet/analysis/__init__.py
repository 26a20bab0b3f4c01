"""Numbers and how sure they are: arrays in, dataclasses out. numpy and scipy only, no Django and no database."""
