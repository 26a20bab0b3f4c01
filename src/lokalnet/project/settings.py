"""Django's settings: composition only. What an installation may change stands in `configuration.py`."""

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from lokalnet.foundation.home import home, secret
from lokalnet.project import configuration, database, logins

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = ROOT / "src" / "lokalnet"
LOGIN = os.environ.get("LOKALNET_LOGIN", logins.APP)

SECRET_KEY = secret("django").hex()
DEBUG = configuration.DEBUG
ALLOWED_HOSTS = configuration.HOSTS
ROOT_URLCONF = "lokalnet.project.urls"
ASGI_APPLICATION = "lokalnet.project.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "access.User"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "procrastinate.contrib.django",
    "lokalnet.interface",
    "lokalnet.places",
    "lokalnet.access",
    "lokalnet.notices",
    "lokalnet.persons",
    "lokalnet.disclosure",
    "lokalnet.partnership",
    "lokalnet.situation",
    "lokalnet.youth",
    "lokalnet.project",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "lokalnet.interface.middleware.StaticFilesMiddleware",
    "lokalnet.interface.middleware.BrowserPolicyMiddleware",
    "lokalnet.interface.middleware.AddressesOfFormsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "lokalnet.access.middleware.ActingMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "DIRS": [PACKAGE / "interface" / "templates"],
    "APP_DIRS": True,
    "OPTIONS": {"context_processors": [
        "django.template.context_processors.request",
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
        "lokalnet.interface.context.page",
    ]},
}]


def _database() -> dict[str, object]:
    found = dict(database.parameters(LOGIN))
    settings: dict[str, object] = {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": 0,
                                   "CONN_HEALTH_CHECKS": False}
    for name, key in (("dbname", "NAME"), ("user", "USER"), ("password", "PASSWORD"), ("host", "HOST"),
                      ("port", "PORT")):
        if key_value := found.pop(name, None):
            settings[key] = key_value
    options: dict[str, object] = dict(found)
    if LOGIN == logins.APP:
        # SET LOCAL only, so a pooled connection carries nothing from one request to the next (engineering 13).
        options["pool"] = {"min_size": 1, "max_size": configuration.POOL_SIZE, "timeout": 20}
    if LOGIN == logins.TEST:
        options["assume_role"] = logins.APP
    return settings | {"OPTIONS": options}


DATABASES = {"default": _database()}

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if LOGIN == logins.TEST:  # tests log in hundreds of times; argon2 is slow on purpose
    PASSWORD_HASHERS.insert(0, "django.contrib.auth.hashers.MD5PasswordHasher")
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "front"
ACCOUNT_ADAPTER = "lokalnet.access.logging_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login_failed": False}  # the lockout below is the one rule, and survives a restart
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an address is verified by the invitation that was sent to it
MFA_ADAPTER = "lokalnet.access.logging_in.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
MFA_TOTP_ISSUER = "Lokalnet"
USERSESSIONS_TRACK_ACTIVITY = False
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "lokalnet.access.lockout.account"
AXES_LOCKOUT_CALLABLE = "lokalnet.access.logging_in.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_IPWARE_PROXY_COUNT = configuration.TRUSTED_PROXIES or None
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # locked by account, wherever the attempts come from

LANGUAGE_CODE = "da"
LANGUAGES = [("da", _("Danish")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "interface" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Copenhagen"
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = ["lokalnet.interface.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / ".state" / "static"
STATICFILES_DIRS = [
    PACKAGE / "interface" / "static",
    ("modules", ROOT / "frontend" / "modules"),
    *[(f"vendor/{name}", ROOT / "frontend" / "node_modules" / folder) for name, folder in (
        ("dkfds-11.2.0", "dkfds/dist"), ("htmx-4.0.1", "htmx.org/dist"),
        ("maplibre-6.17.0", "maplibre-gl/dist"), ("pmtiles-4.5.0", "pmtiles/dist"))],
]
WHITENOISE_USE_FINDERS = False
WHITENOISE_AUTOREFRESH = LOGIN == logins.TEST  # each client of a test would first go through all the files
WHITENOISE_MAX_AGE = 0


def _versioned(path: str, url: str) -> bool:
    return url.startswith(f"{STATIC_URL}vendor/")


WHITENOISE_IMMUTABLE_FILE_TEST = _versioned

SESSION_COOKIE_NAME = "lokalnet"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = configuration.HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "lokalnet.interface.views.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"  # "no-referrer" makes browsers send "Origin: null", which CSRF refuses
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if configuration.HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if configuration.TRUSTED_PROXIES else None
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in configuration.HOSTS] if configuration.HTTPS else []
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_100  # 500 reports with two marks each (a request for access to documents)
# A brought file stays in memory and lands on no disk; a larger one is read past and not kept.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 21_000_000

EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = configuration.MAIL_FROM
if configuration.MAIL:
    EMAIL_BACKEND = "lokalnet.foundation.mailing.RememberingBackend"
    EMAIL_HOST, EMAIL_PORT = configuration.MAIL.host, configuration.MAIL.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = configuration.MAIL.user, configuration.MAIL.password
    EMAIL_USE_SSL = configuration.MAIL.tls
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = home() / "mail"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"no_content": {"()": "lokalnet.foundation.quiet.NoContent"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no_content"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "lokalnet": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING"},
        "django.request": {"level": "ERROR"},
        "axes": {"level": "ERROR"},
    },
}

LOKALNET_DEMO = configuration.DEMO
LOKALNET_ADDRESS = configuration.ADDRESS
LOKALNET_TWO_FACTOR_REQUIRED = configuration.TWO_FACTOR_REQUIRED
LOKALNET_LOG_RETENTION_DAYS = configuration.LOG_RETENTION_DAYS
LOKALNET_POINTS_EXACT_DAYS = configuration.POINTS_EXACT_DAYS
LOKALNET_TEXTS_KEPT_DAYS = configuration.TEXTS_KEPT_DAYS
LOKALNET_QUESTIONS_OPEN_DAYS = configuration.QUESTIONS_OPEN_DAYS
LOKALNET_FIRST_LOOK_DAYS = configuration.FIRST_LOOK_DAYS
LOKALNET_FIRST_LOOK_ACUTE_DAYS = configuration.FIRST_LOOK_ACUTE_DAYS
LOKALNET_DRAFT_DAYS = configuration.DRAFT_DAYS
LOKALNET_DUTY_TELEPHONES = configuration.DUTY_TELEPHONES
LOKALNET_COARSE_METRES = configuration.COARSE_METRES
LOKALNET_EMERGENCY_PER_HOUR = configuration.EMERGENCY_PER_HOUR
LOKALNET_BASE_MAP = configuration.BASE_MAP
LOKALNET_DISK_LOOK_MB = configuration.DISK_LOOK_MB
LOKALNET_DISK_WRONG_MB = configuration.DISK_WRONG_MB
LOKALNET_BACKUP_DAYS = configuration.BACKUP_DAYS
LOKALNET_MAIL_SERVER = configuration.MAIL is not None
# Where browsers find the base map: always with us, never with a third party.
LOKALNET_BASE_MAP_URL = "" if not configuration.BASE_MAP else (
    "/baggrundskort/kort.pmtiles" if configuration.BASE_MAP.endswith(".pmtiles")
    else "/baggrundskort/{z}/{x}/{y}")
