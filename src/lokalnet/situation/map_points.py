"""The points of the map, in columns: 15,000 of them in 400 kB, and made into JSON without a loop.

The database hands each column over as one string of bytes; a row of Python for each point took longer than finding it.
A place counts in hundred thousandths of a degree, about a metre, from the partnership's south-western corner.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import orjson
from numpy.typing import NDArray

Numbers = NDArray[np.int32]
# Where the four-, two- and twelve-digit parts of a UUID begin, as digits and as they are written between quotes.
GROUPS = ((0, 8, 1), (8, 12, 10), (12, 16, 15), (16, 20, 20), (20, 32, 25))


@dataclass(frozen=True)
class Points:
    """`ids` 16 bytes each. `category` and `standing` are positions in their lists, `coarse` 0 or 1."""

    ids: bytes
    x: Numbers
    y: Numbers
    category: Numbers
    standing: Numbers
    coarse: Numbers


# Of a table `points` with these columns; in the order of `Points`.
COLUMNS = """string_agg(uuid_send(points.id), ''), string_agg(int4send(points.x), ''),
  string_agg(int4send(points.y), ''), string_agg(int4send(points.category), ''),
  string_agg(int4send(points.standing), ''), string_agg(int4send(points.coarse), '')"""


def points_of(columns: Sequence[bytes | None]) -> Points:
    """From a row of COLUMNS."""
    ids, *numbers = (column or b"" for column in columns)
    if any(len(column) * 4 != len(ids) for column in numbers):
        raise ValueError("a point lacks a column")  # a null is left out, and the next point would take its place
    return Points(ids, *(np.frombuffer(column, dtype=">i4").astype(np.int32) for column in numbers))


def as_json(points: Points, *, origin: tuple[float, float], looks: Sequence[tuple[str, int]]) -> bytes:
    """`looks` are the categories' icons and severities, in the order that `points.category` counts in."""
    return orjson.dumps({
        "origin": origin, "categories": looks, "ids": orjson.Fragment(_ids(points.ids)), "x": points.x, "y": points.y,
        "category": points.category, "standing": points.standing, "coarse": points.coarse,
    }, option=orjson.OPT_SERIALIZE_NUMPY)


def _ids(packed: bytes) -> bytes:
    """A JSON list of UUIDs as text."""
    digits = np.frombuffer(packed.hex().encode(), np.uint8).reshape(-1, 32)
    written = np.full((len(digits), 39), ord("-"), np.uint8)
    written[:, (0, 37)], written[:, 38] = ord('"'), ord(",")
    for start, end, at in GROUPS:
        written[:, at:at + end - start] = digits[:, start:end]
    return b"[" + written.tobytes()[:-1] + b"]"


def zipped(body: bytes) -> bytes:
    """gzip that looks for no repetition, as there is none in random ids: as small, in half the time."""
    packer = zlib.compressobj(1, zlib.DEFLATED, 16 + zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, zlib.Z_HUFFMAN_ONLY)
    return packer.compress(body) + packer.flush()
