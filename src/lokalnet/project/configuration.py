"""What the environment may set. A wrong value stops the start with its name and the legal values."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from environs import Env, validate

env = Env()


@dataclass(frozen=True)
class MailServer:
    host: str
    port: int
    user: str
    password: str
    tls: bool


def mail_server(url: str) -> MailServer | None:
    """`smtp://user:password@host:port`, `smtps://...` for implicit TLS, or empty for files in the home folder."""
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise SystemExit("LOKALNET_MAIL_URL: must be smtp://host:port or smtps://host:port")
    return MailServer(parts.hostname, parts.port or (465 if parts.scheme == "smtps" else 25),
                      unquote(parts.username or ""), unquote(parts.password or ""), parts.scheme == "smtps")


def address(url: str, hosts: list[str], *, scheme: str) -> str:
    """Where the service is found, for links in mail that no request asked for; without it, by the first host's name."""
    parts = urlsplit(url or f"{scheme}://{hosts[0]}")
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise SystemExit("LOKALNET_ADDRESS: must be https://host or https://host:port")
    return f"{parts.scheme}://{parts.netloc}"


DEMO = env.bool("LOKALNET_DEMO", False)
DEBUG = env.bool("LOKALNET_DEBUG", False)
HOSTS = env.list("LOKALNET_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
HTTPS = env.bool("LOKALNET_HTTPS", False)
ADDRESS = address(env.str("LOKALNET_ADDRESS", ""), HOSTS, scheme="https" if HTTPS else "http")
TRUSTED_PROXIES = env.int("LOKALNET_TRUSTED_PROXIES", 0, validate=validate.Range(min=0, max=5))
MAIL = mail_server(env.str("LOKALNET_MAIL_URL", ""))
MAIL_FROM = env.str("LOKALNET_MAIL_FROM", "Lokalnet <lokalnet@localhost>")
TWO_FACTOR_REQUIRED = env.bool("LOKALNET_TWO_FACTOR_REQUIRED", not DEMO)
LOG_RETENTION_DAYS = env.int("LOKALNET_LOG_RETENTION_DAYS", 5 * 365, validate=validate.Range(min=30))
POINTS_EXACT_DAYS = env.int("LOKALNET_POINTS_EXACT_DAYS", 90, validate=validate.Range(min=1))
TEXTS_KEPT_DAYS = env.int("LOKALNET_TEXTS_KEPT_DAYS", 365, validate=validate.Range(min=1))
COARSE_METRES = env.int("LOKALNET_COARSE_METRES", 100, validate=validate.Range(min=50, max=1000))
QUESTIONS_OPEN_DAYS = env.int("LOKALNET_QUESTIONS_OPEN_DAYS", 7, validate=validate.Range(min=1, max=31))
# How soon somebody is to look at a worry about a young person, how long one that was begun is kept, and whom to call
# when a child is in danger: `organisation=number`, with commas between.
FIRST_LOOK_DAYS = env.int("LOKALNET_FIRST_LOOK_DAYS", 7, validate=validate.Range(min=1, max=31))
FIRST_LOOK_ACUTE_DAYS = env.int("LOKALNET_FIRST_LOOK_ACUTE_DAYS", 1, validate=validate.Range(min=0, max=7))
DRAFT_DAYS = env.int("LOKALNET_DRAFT_DAYS", 14, validate=validate.Range(min=3, max=60))
DUTY_TELEPHONES: dict[str, str] = env.dict("LOKALNET_DUTY_TELEPHONES", {})
EMERGENCY_PER_HOUR = env.int("LOKALNET_EMERGENCY_PER_HOUR", 5, validate=validate.Range(min=1, max=100))
POOL_SIZE = env.int("LOKALNET_POOL_SIZE", 12, validate=validate.Range(min=1, max=200))
BASE_MAP = env.str("LOKALNET_BASE_MAP", "")
# When the status page (project/status) asks for a look, and when it says that something is wrong.
DISK_LOOK_MB = env.int("LOKALNET_DISK_LOOK_MB", 5 * 1024, validate=validate.Range(min=0))
DISK_WRONG_MB = env.int("LOKALNET_DISK_WRONG_MB", 1024, validate=validate.Range(min=0))
BACKUP_DAYS = env.int("LOKALNET_BACKUP_DAYS", 2, validate=validate.Range(min=0, max=366))
