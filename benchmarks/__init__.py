"""Measurements of speed, as ratios within one run: `./run bench`. What they found stands in docs/performance.md."""
