"""The portal's settings, all from the environment; docs/operations.md describes each variable."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from unga_portal import environment, static_files

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(environment.text("VAR_DIR") or BASE_DIR / "var")

DEBUG = environment.flag("DEBUG", default=False)
SECRET_KEY = "not-a-secret-" * 5 if DEBUG else environment.secret("SECRET_KEY", least_length=50)
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", default="127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = environment.words("CSRF_TRUSTED_ORIGINS")


LONGEST_WAIT = 10  # seconds, for a lock


def database(url: str) -> dict[str, Any]:
    """Describe the database at `url` to Django; SQLite gets what makes it safe under load."""
    try:
        config: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60))
    except ValueError as error:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {error}") from error
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": LONGEST_WAIT,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
        return config
    if config["ENGINE"] == "django.db.backends.postgresql":
        config["CONN_HEALTH_CHECKS"] = True
        options = config.setdefault("OPTIONS", {})
        # Where the server's machine is gone, nobody waits for it longer than this.
        options.setdefault("connect_timeout", 3)
        # As on SQLite: who has to wait longer for somebody else's change is told so.
        options.setdefault("options", f"-c lock_timeout={LONGEST_WAIT}s")
        return config
    raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:// or postgresql://.")


DATABASES = {
    "default": database(
        environment.text("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'portal.sqlite3'}"
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# Where data packs are written and served from.
DATA_PACKS = Path(environment.text("DATA_PACKS") or VAR_DIR / "packs")

# For a portal that one person keeps alone: what is published by who entered it is marked as such.
ALLOW_SELF_PUBLISHING = environment.flag("ALLOW_SELF_PUBLISHING", default=False)

INSTALLED_APPS = [
    "unga_portal",
    "votes",
    "resolutions",
    "unga_portal.people.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    # Comes last: it takes out of the admin what those above put there.
    "unga_portal.people.apps.PeopleConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "unga_portal.middleware.answers_are_for_this_site",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "unga_portal.middleware.public_pages_are_read_only",
    "unga_portal.middleware.refuse_absurd_requests",
    "unga_portal.middleware.refuse_huge_requests",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "unga_portal.urls"
WSGI_APPLICATION = "unga_portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# A page comes in another language only when that language's catalogue is whole.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

# The middleware refuses what is larger; below that the forms say themselves what is too much.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

WHITENOISE_ADD_HEADERS_FUNCTION = static_files.share_what_frames_need

# Memory for public pages in each worker (0: none is kept), and for how many seconds those in it are
# sent while the database is away.
PAGE_CACHE_MB = environment.number("PAGE_CACHE_MB", default=0 if DEBUG else 12)
PAGE_CACHE_OUTAGE = environment.number("PAGE_CACHE_OUTAGE", default=3600)
# For how many seconds PostgreSQL's answer about the data version stands (resolutions/leases.py). No
# variable: workers and commands must agree.
DATA_VERSION_LEASE = 0.05
# Of each minute, for so many seconds a worker may draw pictures as PNG (0: without a limit).
PICTURE_SECONDS = environment.number("PICTURE_SECONDS", default=20)

# New passwords are hashed by the first; a hash of another is renewed at the next sign-in.
PASSWORD_HASHERS = [
    f"django.contrib.auth.hashers.{name}PasswordHasher"
    for name in ("Argon2", "PBKDF2", "PBKDF2SHA1", "Scrypt")
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Sign-in closes for a name from where it failed too often, and for nobody else.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "unga_portal.people.throttle.client_address"
AXES_CLIENT_STR_CALLABLE = "unga_portal.people.throttle.client_in_log"
AXES_LOCKOUT_CALLABLE = "unga_portal.people.throttle.locked_out"
AXES_ENABLE_ACCESS_FAILURE_LOG = AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
# Beside the password, what is not written down of a failed attempt.
AXES_SENSITIVE_PARAMETERS = ["code", "csrfmiddlewaretoken"]
OTP_TOTP_ISSUER = "UNGA Portal"

# Behind HTTPS (production) everything is locked to it; `make demo` serves plain HTTP on loopback.
HTTPS = environment.flag("HTTPS", default=not DEBUG)
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = environment.number("HSTS_SECONDS", default=31_536_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
BEHIND_PROXY = environment.flag("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
# Cookies go to the admin only, and end with the browser. Lax, because a mail may link to a page.
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "unga_admin_session", "unga_admin_csrf"
SESSION_EXPIRE_AT_BROWSER_CLOSE, CSRF_COOKIE_AGE = True, None
# At the latest; the database holds every session to it.
SESSION_COOKIE_AGE = 8 * 60 * 60
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "unga_portal.people.refusals.csrf_failure"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LOG_LEVELS = ["INFO", "DEBUG", "WARNING", "ERROR", "CRITICAL"]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": environment.choice("LOG_LEVEL", LOG_LEVELS)},
}
