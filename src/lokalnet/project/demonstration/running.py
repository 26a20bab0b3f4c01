"""`./run demo`: make the demonstration once, serve it, and end all that was started."""

import os
import secrets
import shutil
import sys
from pathlib import Path

from lokalnet.foundation.home import home
from lokalnet.project import database, logins, migrating, serving

MARK = "this-is-a-demonstration"
WORDS = ("birk", "dam", "eng", "fjord", "gran", "havn", "kyst", "lyng", "mose", "sten", "sund", "vang", "vig", "ask")


class DemoError(Exception):
    """The demonstration cannot start here; the message says why."""


def run(*, port: int, reset: bool) -> int:
    if "LOKALNET_HOME" not in os.environ:
        os.environ["LOKALNET_HOME"] = str(home() / "demo")
    os.environ |= {"LOKALNET_DEMO": "true", "LOKALNET_LOGIN": logins.APP,
                   "LOKALNET_ADDRESS": f"http://127.0.0.1:{port}"}
    os.environ.pop("LOKALNET_DATABASE_URL", None)
    folder = own_folder(reset=reset)
    with serving.stopped_by_signals():
        print("Lokalnet: starting the demonstration ...", file=sys.stderr, flush=True)
        with database.available():
            serving.prepare()
            migrating.migrate()
            password = demo_password(folder)
            fill(password)
            with serving.web(host="127.0.0.1", port=port, workers=1) as process, serving.worker():
                print(f"Lokalnet: http://127.0.0.1:{port}", flush=True)
                _describe(password)
                return process.wait()


def own_folder(*, reset: bool) -> Path:
    """The demonstration's own folder; never one that an installation lives in."""
    folder = home()
    if any(folder.glob("postgres-*")) and not (folder / MARK).exists():
        raise DemoError(f"LOKALNET_HOME: {folder} holds an installation; name another folder for the demonstration")
    if reset and (folder / MARK).exists():
        for path in folder.iterdir():
            if path.name != MARK and not path.name.startswith("engine-"):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
    (folder / MARK).touch()
    return folder


def demo_password(folder: Path) -> str:
    """LOKALNET_DEMO_PASSWORD, or one made once and kept."""
    chosen = os.environ.get("LOKALNET_DEMO_PASSWORD")
    path = folder / "demo-password"
    if not chosen:
        chosen = path.read_text() if path.exists() else "-".join(secrets.choice(WORDS) for _ in range(4))
    path.write_text(chosen)
    path.chmod(0o600)
    return chosen


def _in_django(function: str, password: str) -> None:
    """In a process of its own as the owner, because this one never opens the database."""
    import subprocess

    subprocess.run([sys.executable, "-c", "import sys; from lokalnet.project.commands import set_up; "
                    f"set_up('{logins.OWNER}'); from lokalnet.project.demonstration import filling; "
                    f"filling.{function}(sys.stdin.read())"], input=password, text=True, check=True)


def fill(password: str) -> None:
    _in_django("fill", password)
    fill_person_room()


def fill_person_room() -> None:
    """In a process of its own as the application, because what is done there is done by somebody."""
    import subprocess

    subprocess.run([sys.executable, "-c", f"from lokalnet.project.commands import set_up; set_up('{logins.APP}'); "
                    "from lokalnet.project.demonstration import youth; youth.fill()"], check=True)


def _describe(password: str) -> None:
    _in_django("describe", password)
