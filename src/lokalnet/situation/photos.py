"""Pictures of places: decoded, drawn anew and stored small, so that nothing of the file that was sent is kept.

What stood in the file beside the picture (position, device, time) is gone, because only pixels are taken over. What the
sender covered was drawn into the pixels before they left the phone.
"""

import base64
import binascii
import io
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from lokalnet.situation.models import Category, Observation, Photo
from lokalnet.situation.refusing import BadReport

LARGEST = 500_000  # bytes as stored
LONGEST_SIDE = 1600
MOST_PIXELS = 12_000_000  # the page sends 1600 by 1600 at most; 40 million took 600 MB of memory
BROUGHT = 1_400_000  # bytes as sent
FORMATS = ("JPEG", "PNG", "WEBP")
QUALITIES = (82, 74, 66, 58, 50, 40)


@dataclass(frozen=True)
class Picture:
    """A JPEG of ours without metadata; size in pixels."""

    jpeg: bytes
    width: int
    height: int


def from_text(encoded: str) -> bytes:
    """What a phone sends in base64. Raises BadReport."""
    try:
        brought = base64.b64decode(encoded, validate=True)
    except (ValueError, binascii.Error):
        raise BadReport("photo", _("The picture did not come whole. Take it again.")) from None
    if len(brought) > BROUGHT:
        raise BadReport("photo", _("The picture is too large."))
    return brought


def encoded_anew(brought: bytes) -> Picture:
    """The picture's pixels as a JPEG of at most 500 kB. Raises BadReport for what is no picture or too large."""
    image = _decoded(brought)
    for _smaller in range(6):
        for quality in QUALITIES:
            out = io.BytesIO()
            image.save(out, "JPEG", quality=quality, optimize=True)
            if out.tell() <= LARGEST:
                return Picture(out.getvalue(), image.width, image.height)
        image = image.resize((max(1, image.width * 3 // 4), max(1, image.height * 3 // 4)))
    raise BadReport("photo", _("The picture is too large."))


def _decoded(brought: bytes) -> Image.Image:
    """Upright, small, without transparency, and cut loose from the file it came in."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(brought), formats=FORMATS) as found:
                if found.width * found.height > MOST_PIXELS:
                    raise BadReport("photo", _("The picture is too large."))
                found.thumbnail((LONGEST_SIDE, LONGEST_SIDE))  # first, so that the copies below are small
                upright = ImageOps.exif_transpose(found).convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError,
            Image.DecompressionBombWarning) as problem:
        if isinstance(problem, BadReport):
            raise
        raise BadReport("photo", _("This is no picture: JPEG, PNG or WebP.")) from None
    flat = Image.new("RGB", upright.size, "white")
    flat.paste(upright, mask=upright.getchannel("A"))
    return flat


def check(category: Category, brought: bytes | None) -> Picture | None:
    """Raises BadReport."""
    if brought is None:
        return None
    if not category.takes_photos:
        raise BadReport("photo", _("Pictures are only sent of damage, lighting and places. Remove the picture or "
                                   "choose another category."))
    return encoded_anew(brought)


def store(observation: Observation, picture: Picture, *, brought: bytes) -> None:
    """`brought` is the keyed hash of what was sent."""
    Photo(observation_id=observation.id, partnership_id=observation.partnership_id,
          organisation_id=observation.organisation_id, source_kind=observation.source_kind,
          visibility=observation.visibility, police_sees=observation.police_sees, jpeg=picture.jpeg,
          width=picture.width, height=picture.height, brought=brought).save(force_insert=True)


def of(observation_id: UUID) -> Photo | None:
    """The picture, where the actor gets the report exactly and there is one."""
    return Photo.objects.filter(observation_id=observation_id).first()


def brought(observation_id: UUID) -> bytes | None:
    found = Photo.objects.filter(observation_id=observation_id).values_list("brought", flat=True).first()
    return bytes(found) if found else None


def remove(observation_id: UUID) -> None:
    Photo.objects.filter(observation_id=observation_id).delete()


def among(observations: Iterable[UUID]) -> frozenset[UUID]:
    """Which of these reports have a picture, as far as the actor gets them exactly."""
    rows = Photo.objects.filter(observation_id__in=list(observations))
    return frozenset(rows.values_list("observation_id", flat=True))


def size_of(observation_id: UUID) -> tuple[int, int] | None:
    return Photo.objects.filter(observation_id=observation_id).values_list("width", "height").first()
