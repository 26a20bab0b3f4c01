"""Files that a command writes: it is known beforehand that they can be written, and there is never half of one."""

import os
from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path

from lokalnet.analysis.results import BadInput

WRITTEN = ("json", "geojson")


def must_be_writable(arguments: Namespace, *, read: Sequence[str]) -> None:
    """Raises BadInput, so that nobody waits for an answer that cannot be kept. `read`: options of files to be read."""
    given = {option: getattr(arguments, option, None) for option in (*read, *WRITTEN)}
    taken: dict[Path, str] = {}
    for option, file in given.items():
        if file and option in WRITTEN:
            _check(f"--{option}", file, taken)
        if file:
            taken[file.resolve()] = f"--{option}"


def _check(option: str, file: Path, taken: Mapping[Path, str]) -> None:
    if file.resolve() in taken and not _is_device(file):
        raise BadInput(f"{option} {file}: this is the file of {taken[file.resolve()]} too")
    if file.is_dir():
        raise BadInput(f"{option} {file}: this is a folder, not a file")
    if not file.parent.is_dir():
        raise BadInput(f"{option} {file}: there is no folder {file.parent}")
    try:
        if _is_device(file):
            file.open("ab").close()
        else:
            _beside(file).touch(exist_ok=False)
            _beside(file).unlink()
    except OSError as problem:
        raise BadInput(f"{option} {file}: cannot be written ({problem.strerror})") from None


def write(file: Path, content: bytes) -> None:
    """To a file beside it that then takes its name; a device or pipe gets it as it is."""
    if _is_device(file):
        with file.open("wb") as device:
            device.write(content)
        return
    part = _beside(file)
    try:
        part.write_bytes(content)
        part.replace(file.resolve())
    finally:
        part.unlink(missing_ok=True)


def _is_device(file: Path) -> bool:
    return file.exists() and not file.is_file()


def _beside(file: Path) -> Path:
    target = file.resolve()
    return target.with_name(f".{target.name}.{os.getpid()}.part")
