"""Layers over the map: where much is told, where more than around it, and where something may follow. By 250 m squares,
made of what all readers of the layer get anyway, and each with the words for what it means."""
