"""What members follow: areas, also drawn by oneself, and the measures that they take care of."""
