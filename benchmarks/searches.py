"""The statements of a search, as JSON: `python -m benchmarks.searches MEMBER WORDS ...`.

For each search the page's own statements (one, or two where the newest hits do not fill it), and the same question as
it stands where no policy binds: the words are looked up in the query itself.
"""

import json
import sys
from uuid import UUID
from zoneinfo import ZoneInfo

from lokalnet.project import commands, logins

WITHOUT_POLICIES = "t.words @@ to_tsquery('pg_catalog.danish', %s)"


def main(member: UUID, searches: list[str]) -> None:
    commands.set_up(logins.APP)
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext

    from lokalnet.access.acting import act_as
    from lokalnet.access.models import Partnership
    from lokalnet.situation import picture, searching

    found = {}
    with transaction.atomic():
        act_as(member)
        here = Partnership.objects.get()
        since, until = picture.last_days(picture.ALL, ZoneInfo(here.timezone))
        for said in searches:
            words = searching.query(said)
            with CaptureQueriesContext(connection) as captured:
                page = picture.page(here, picture.Filters(since, until, words=words))
            with connection.cursor() as cursor:
                plain = cursor.mogrify(
                    f"select {picture.SIGHT} from situation_observation o {picture.JOINED} "
                    "join situation_observation_text t on t.observation_id = o.id "
                    "where o.partnership_id = %s and o.period_start >= %s and o.period_start < %s "
                    f"and o.state = 'live' and {WITHOUT_POLICIES} order by o.period_start desc, "
                    "e.occurred_at desc nulls last, o.id limit %s",
                    [here.id, since, until, words, picture.PAGE + 1])
            found[said] = {"own": [each["sql"] for each in captured.captured_queries], "plain": [plain],
                           "rows": len(page.sights)}
    print(json.dumps(found))


if __name__ == "__main__":
    main(UUID(sys.argv[1]), sys.argv[2:])
