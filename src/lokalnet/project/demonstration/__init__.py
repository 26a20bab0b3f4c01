"""A demonstration: invented people, a year of invented observations, on the real outlines where they are at hand."""
