"""Names of gangs and clubs that are known to everybody.

Looked for only where a text may not name a group. The list is short and public knowledge; it is no register, and a
group that is not on it is the writer's to leave out.
"""

import re
from collections.abc import Iterator

from .lists import GROUPS

_BETWEEN = r"[\s'’.-]+"
_NAMES = "|".join(_BETWEEN.join(map(re.escape, line.split())) for line in sorted(GROUPS, key=len, reverse=True))
# Also in the genitive, with an ending, and as the first part of a word: Bandidos', LTF's, LTF-rygmærker.
_GROUP = re.compile(rf"(?<![^\W_])(?:{_NAMES})(?:['’]?(?:s|er|ere|erne|ernes))?(?![^\W_])", re.IGNORECASE)


def groups(text: str) -> Iterator[tuple[int, int]]:
    """Where each stands."""
    return (found.span() for found in _GROUP.finditer(text))
