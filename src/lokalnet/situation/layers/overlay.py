"""The layers as the overview's map offers them, to be fetched when one is chosen and not before."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from lokalnet.interface.templatetags.pieces import Options
from lokalnet.situation.addresses import address
from lokalnet.situation.layers.choosing import kinds
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.signals import reading


@dataclass(frozen=True)
class Overlay:
    cells: str
    page: str
    options: Options


def offered(frame: Frame) -> Overlay | None:
    """Nothing for whoever may not read layers."""
    if not reading.reads(frame.actor):
        return None
    return Overlay(address(frame, "layer_cells"), address(frame, "layers"), (("", (("", _("No layer")), *kinds())),))
