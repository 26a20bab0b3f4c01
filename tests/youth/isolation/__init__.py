"""Random lives of the person room, beside an independent model of who may know what."""
