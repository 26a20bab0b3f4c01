"""What a PDF of ours says, read back from its bytes: its fonts are subsets, so the letters stand in none of them."""

import re
import zlib

ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)endobj", re.DOTALL)
MAPPING = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>\n")
SHOWN = re.compile(rb"/(f\d+) [\d.]+ Tf|(\()|(?<!\w)(ET)\b")
BRACKET = re.compile(rb"\\.|[()]", re.DOTALL)


def text_of(pdf: bytes) -> str:
    """The text of all pages, one space between pieces of text; a word that was divided is one again."""
    return re.sub(" ?\u00ad ?", "", " ".join("".join(_pages(pdf)).split()))


def _pages(pdf: bytes) -> list[str]:
    objects = {int(number): body for number, body in OBJECT.findall(pdf)}
    said = []
    for body in objects.values():
        if b"/Type/Page/" in body:
            fonts = _fonts(objects, body)
            said += _pieces(_stream(objects[_reference(body, b"Contents")]), fonts)
    return said


def everything_in(pdf: bytes) -> bytes:
    """All streams as they are without compression, and what stands between them."""
    return b"\n".join([pdf, *(_stream(body) for _, body in OBJECT.findall(pdf) if b"stream" in body)])


def _fonts(objects: dict[int, bytes], page: bytes) -> dict[bytes, dict[int, str]]:
    resources = objects[_reference(page, b"Resources")]
    named = re.search(rb"/Font<<(.*?)>>", resources)
    found = re.findall(rb"/(f\d+) (\d+) 0 R", named[1]) if named else []
    return {name: _letters(_stream(objects[_reference(objects[int(font)], b"ToUnicode")])) for name, font in found}


def _letters(mapping: bytes) -> dict[int, str]:
    return {int(code, 16): bytes.fromhex(letters.decode()).decode("utf-16-be")
            for code, letters in MAPPING.findall(mapping)}


def _pieces(content: bytes, fonts: dict[bytes, dict[int, str]]) -> list[str]:
    said, letters, at = [], dict[int, str](), 0
    while found := SHOWN.search(content, at):
        at = found.end()
        if found[1]:
            letters = fonts[found[1]]
        elif found[3]:
            said.append(" ")
        else:
            at = _closing(content, found.start())
            codes = _plain(content[found.end():at])
            said += [letters.get(int.from_bytes(codes[i:i + 2], "big"), "") for i in range(0, len(codes), 2)]
    return said


def _closing(content: bytes, start: int) -> int:
    """Where the bracket closes that opens at `start`; those inside need no escape while they are pairs."""
    depth = 0
    for bracket in BRACKET.finditer(content, start):
        depth += (bracket[0] == b"(") - (bracket[0] == b")")
        if depth == 0:
            return bracket.start()
    raise ValueError("a bracket stays open")


def _plain(literal: bytes) -> bytes:
    def one(found: re.Match[bytes]) -> bytes:
        escaped = found[1]
        return bytes([int(escaped, 8)]) if escaped.isdigit() else ESCAPES.get(escaped, escaped)
    return re.sub(rb"\\([0-7]{1,3}|.)", one, literal, flags=re.DOTALL)


def _reference(body: bytes, name: bytes) -> int:
    found = re.search(rb"/" + name + rb" (\d+) 0 R", body)
    assert found, name
    return int(found[1])


def _stream(body: bytes) -> bytes:
    head, _, rest = body.partition(b"stream")
    data = rest.removeprefix(b"\r").removeprefix(b"\n").rpartition(b"endstream")[0]
    return zlib.decompressobj().decompress(data) if b"FlateDecode" in head else data
