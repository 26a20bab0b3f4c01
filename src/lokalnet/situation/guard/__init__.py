"""The entry guard: what must not be written about a person, and what is better left out.

Observations tell about places. CPR numbers, telephone numbers, e-mail addresses, number plates, names, and floor and
door are stopped before anything is stored or logged; floors, family ties, nicknames and descriptions are pointed out.
For each there is a general word that fits in its sentence. It is made of rules and word lists of our own;
`guard_sentences.toml` beside its tests measures it.
"""

from .finding import RefusedText, check_text, find, stopped
from .kinds import STOPPED, Found, Kind, why
from .replacing import swaps_of
from .surroundings import Swap

__all__ = ["STOPPED", "Found", "Kind", "RefusedText", "Swap", "check_text", "find", "stopped", "swaps_of", "why"]
