"""How a page of the picture is entered: with an actor and a partnership, or not at all."""

from lokalnet.access.entering import entering
from lokalnet.situation.partnerships import frame_for

framed = entering(frame_for)
