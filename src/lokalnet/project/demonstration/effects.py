"""What was told around a measure of the demonstration that is long over, so that its before and after can be read.

Much damage in one place until the measure began there (demonstration/measures.py), and little while it went on. Seeded,
like the year.
"""

from datetime import timedelta
from zoneinfo import ZoneInfo

import numpy as np

from lokalnet.access.models import Member, Partnership
from lokalnet.foundation.times import now
from lokalnet.project.demonstration import year
from lokalnet.project.demonstration.places import NEIGHBOURHOODS
from lokalnet.project.demonstration.year import Rows
from lokalnet.situation.models import Category

SEED = 2003
PLACE, CATEGORY = "Bagsværd Torv", "vandalism"
# From how many days ago to how many, and how many a week; about two thirds of them are shared with all.
SPELLS = ((362, 169, 6.0), (168, 85, 1.5))
TELLERS = ("gadeplan@gladsaxe.example", "lokalbetjent@politi.example", "ssp@herlev.example",
           "koordinator@ballerup.example")


def make(partnership: Partnership, categories: dict[str, Category], members: dict[str, Member]) -> Rows:
    random, rows = np.random.default_rng(SEED), Rows([], [], [])
    today = now().astimezone(ZoneInfo(partnership.timezone)).replace(hour=21, minute=0, second=0, microsecond=0)
    _, x, y, width, height, _ = NEIGHBOURHOODS[PLACE]
    days = [day for first, last, weekly in SPELLS
            for day in random.integers(last, first + 1, int(weekly * (first - last) / 7))]
    for day in days:
        moment = today - timedelta(days=int(day), minutes=int(random.integers(0, 240)))
        point = round(float(random.normal(x, width * .6)), 6), round(float(random.normal(y, height * .6)), 6)
        year.add(rows, random, partnership, categories[CATEGORY], members[str(random.choice(TELLERS))], point, moment)
    return rows
