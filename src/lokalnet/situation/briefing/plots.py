"""The weeks of a briefing as pictures of shapes alone, for a PDF: the chart of an area's page (areas/trend.py) with its
looks inside it. A page has the same shapes and gives them its own, so that they follow its theme.
"""

from collections.abc import Sequence

from lokalnet.analysis.seasons import Week
from lokalnet.situation.areas import trend
from lokalnet.situation.areas.trend import HEIGHT

# A PDF keeps a picture's proportions: the drawing is pressed to this part of its height, less where it is narrow.
WIDE, SMALL = 0.4, 0.6
# Black and white must do: the band is light, the bars before the newest are lighter than it.
LOOKS = (".trend-band{fill:#e3eff3;stroke:#7c8791;stroke-width:.4}.trend-grid{stroke:#cfd6dc;stroke-width:.4}"
         ".trend-bar{fill:#7fa8b6}.trend-bar.newest{fill:#0e5a73}"
         ".trend-median{fill:none;stroke:#1b2127;stroke-width:.9;stroke-dasharray:1.6 1.6}")


def as_svg(weeks: Sequence[Week], *, flat: float = WIDE) -> str:
    """One bar for each week before the band of what is usual; always the same text for the same weeks."""
    chart = trend.chart(weeks)
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -1 {chart.width} {HEIGHT * flat + 2:g}">'
            f'<style>{LOOKS}</style><g transform="scale(1 {flat})">{chart.shapes}</g></svg>')
