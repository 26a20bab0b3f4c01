"""The commands `./run scan`, `trend`, `nearrepeat` and `density`: files in, an answer out. No database."""
