"""Where an installation keeps what must survive: the embedded database, keys, log heads, outgoing demo mail.

`LOKALNET_HOME` decides. Without it, root uses the system's state directory and anybody else their own data
directory. Keys and log heads lie here, outside the database, on purpose (docs/operations.md).
"""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path


def home() -> Path:
    chosen = os.environ.get("LOKALNET_HOME")
    if chosen:
        path = Path(chosen).expanduser().resolve()
    elif os.geteuid() == 0:
        path = Path("/var/lib/lokalnet")
    else:
        data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
        path = Path(data) / "lokalnet"
    path.mkdir(parents=True, exist_ok=True, mode=0o755)
    return path


def secret(name: str) -> bytes:
    """32 random bytes, made once and kept in `keys/<name>.key` with mode 0600.

    Whoever is first makes it, whole before it has its name: nobody reads half a key.
    """
    folder = home() / "keys"
    folder.mkdir(exist_ok=True, mode=0o700)
    path = folder / f"{name}.key"
    if not path.exists():
        _make_once(path)
    return bytes.fromhex(path.read_text().strip())


def _make_once(path: Path) -> None:
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=".", suffix=".new") as file:  # with mode 0600
        file.write(secrets.token_hex(32) + "\n")
        file.flush()
        os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(file.name, path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
