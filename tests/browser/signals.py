"""Signals in the running demonstration, written as the detection would."""

import uuid

from lokalnet.places.points import cell_of
from tests.browser.service import Service

ETRS = 25832


def going_on(service: Service, theme: str, *, area: str = "Grantoften", audience: str = "partnership",
             word: str = "unusual") -> uuid.UUID:
    """A new one around the neighbourhood: nine reports in three days, where two would be usual."""
    here = service.sql("select id from access_partnership where slug = 'vestegnen'")[0][0]
    longitude, latitude = service.sql("select longitude, latitude from places_area where kind = 'neighbourhood' and "
                                      "name = %s", [area])[0]
    cell, made = cell_of(longitude, latitude, ETRS), uuid.uuid4()
    service.sql(
        "insert into situation_signal (id, partnership_id, audience, theme, cells, longitude, latitude, "
        "radius_m, state, word, first_day, last_day, observed, expected, ratio_low, ratio_high, per_year, reporters, "
        "organisations, opened_at, seen_at) values (%s, %s, %s, %s, %s, %s, %s, 250, "
        "'open', %s, today() - 2, today(), 9, 2.1, 2.0, 8.1, 1.3, 4, 3, now(), now())",
        [made, here, audience, theme, [f"{cell.x}:{cell.y}", f"{cell.x + 1}:{cell.y}"], cell.longitude, cell.latitude,
         word])
    service.sql("insert into situation_signal_step (id, signal_id, at, kind, figures) values (%s, %s, now(), 'opened', "
                "'{\"observed\": 9, \"expected\": 2.1}')", [uuid.uuid4(), made])
    return made
