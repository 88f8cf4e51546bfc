"""All settings in one place; what differs between installations comes from the environment."""

import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from bcp_portal import env

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.text("BCP_DATA_DIR", str(BASE_DIR / "var")))

DEBUG = env.flag("BCP_DEBUG", default=False)
ALLOWED_HOSTS = env.words("BCP_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("BCP_TRUSTED_ORIGINS")
BEHIND_HTTPS = env.flag("BCP_HTTPS", default=False)
# Printed on each page of an edition as a sign for telephones; empty: only the code is printed.
SITE_URL = env.text("BCP_SITE_URL").rstrip("/")
if SITE_URL and not SITE_URL.startswith(("https://", "http://")):
    raise ImproperlyConfigured("BCP_SITE_URL must begin with https:// (or http:// in a test).")


if DEBUG and BEHIND_HTTPS:
    raise ImproperlyConfigured(
        "BCP_DEBUG and BCP_HTTPS must not be on together: error pages of BCP_DEBUG show to everybody "
        "what the server knows."
    )


def _secret_key() -> str:
    """Use the given key; on a laptop make one once and keep it with the data."""
    given = env.text("BCP_SECRET_KEY")
    if given:
        return _strong(given)
    if BEHIND_HTTPS:
        raise ImproperlyConfigured("BCP_SECRET_KEY or BCP_SECRET_KEY_FILE must be set on a server.")
    path = DATA_DIR / "secret_key"
    if not path.exists():
        DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Whole or not at all: an empty key, left by a full disk, would never be made again.
        beside = path.with_name("secret_key.new")
        beside.unlink(missing_ok=True)
        beside.touch(mode=0o600)
        beside.write_text(secrets.token_urlsafe(50), encoding="utf-8")
        beside.replace(path)
    return path.read_text(encoding="utf-8")


def _strong(key: str) -> str:
    """Return the key; whoever can guess it can sign in as anybody."""
    if len(key) < 32 or len(set(key)) < 10:
        raise ImproperlyConfigured(
            "BCP_SECRET_KEY is too easy to guess: it needs 32 characters or more, 10 of them "
            "different. Make one with: openssl rand -base64 48"
        )
    return key


SECRET_KEY = _secret_key()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "django_scopes",
    "bcp_portal.jobs",  # before the queue, whose command it extends
    "django_tasks",
    "django_tasks_db",
    "axes",
    "bcp_portal.ui",
    "bcp_portal.accounts",
    "bcp_portal.audit",
    "bcp_portal.search",
    "bcp_portal.members",
    "bcp_portal.annex",
    "bcp_portal.importing",
    "bcp_portal.retention",
    "bcp_portal.archive",
    "bcp_portal.backup",
    "systems",
    "plans",
    "drills",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "bcp_portal.ui.security.ContentSecurityPolicyMiddleware",
    "bcp_portal.ui.security.NoStoreMiddleware",
    "bcp_portal.ui.methods.MethodMiddleware",
    "bcp_portal.ui.health.MonitorMiddleware",
    "bcp_portal.ui.addresses.AddressMiddleware",
    "bcp_portal.ui.sent_texts.SentTextMiddleware",
    "bcp_portal.ui.uploads.UploadNameMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "bcp_portal.accounts.idle_sessions.IdleSessionMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "bcp_portal.accounts.tenancy.TenantMiddleware",
    "bcp_portal.ui.errors.DomainErrorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "bcp_portal.urls"
WSGI_APPLICATION = "bcp_portal.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "bcp_portal.accounts.tenancy.tenant_context",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"


POSTGRES_SETTINGS = [f"BCP_POSTGRES_{part}" for part in ("DB", "USER", "PASSWORD", "HOST", "PORT")]


def _postgres_port() -> str:
    port = env.text("BCP_POSTGRES_PORT")
    if port and not (port.isascii() and port.isdecimal() and 0 < int(port) < 65536):
        raise ImproperlyConfigured("BCP_POSTGRES_PORT must be a number from 1 to 65535.")
    return port


def _database() -> dict[str, object]:
    name = env.text("BCP_POSTGRES_DB")
    if name:
        return {
            "ENGINE": "bcp_portal.accounts.postgresql",
            "NAME": name,
            "USER": env.text("BCP_POSTGRES_USER", "bcp"),
            "PASSWORD": env.text("BCP_POSTGRES_PASSWORD"),
            "HOST": env.text("BCP_POSTGRES_HOST"),
            "PORT": _postgres_port(),
            "CONN_HEALTH_CHECKS": True,
            "CONN_MAX_AGE": 60,
        }
    half = [name for name in POSTGRES_SETTINGS if env.is_given(name)]
    if half:
        raise ImproperlyConfigured(
            f"BCP_POSTGRES_DB is missing or empty, though {', '.join(half)} is set: give the name of "
            "the PostgreSQL database, or remove the others to use SQLite."
        )
    return {
        "ENGINE": "bcp_portal.accounts.sqlite",
        "NAME": DATA_DIR / "bcp_portal.sqlite3",
        # Kept open: the first to open it makes files beside it, for which a full disk has no room,
        # and without which nothing could be read.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY;"
            ),
        },
    }


DATABASES = {"default": _database()}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "display_name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "bcp_portal.members.password_rules.CommonWithDigitsValidator"},
    {"NAME": "bcp_portal.members.password_rules.JapaneseWordsValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
CSRF_FAILURE_VIEW = "bcp_portal.ui.errors.csrf_failure"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "entrance"
LOGOUT_REDIRECT_URL = "sign-in"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = "bcp_portal.members.known_devices.lockout_parameters"
AXES_LOCKOUT_TEMPLATE = "accounts/locked_out.html"
AXES_CLIENT_IP_CALLABLE = "bcp_portal.accounts.terminal.terminal_address"
AXES_RESET_ON_SUCCESS = True

LANGUAGE_CODE = "ja"
TIME_ZONE = "Asia/Tokyo"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("BCP_STATIC_ROOT", str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {
        "BACKEND": "bcp_portal.accounts.attachment_files.AttachmentStorage",
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if not DEBUG
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
MEDIA_ROOT = DATA_DIR / "files"
# Readiness says "little room" below this many megabytes: a print or an archive may need as much.
LEAST_FREE_MB = env.whole_number("BCP_LEAST_FREE_MB", 500, least=1, most=1_000_000)
MEDIA_URL = ""  # files are personal or internal: served by views that ask for a permission
PRINT_CACHE_DIR = DATA_DIR / "print-cache"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# Done by the worker once a day, from this hour on; ages in days.
HOUSEKEEPING_HOUR = env.whole_number("BCP_HOUSEKEEPING_HOUR", 2, least=0, most=23)
JOB_DAYS = env.whole_number("BCP_KEEP_JOB_DAYS", 7, least=1, most=365)
TASK_DAYS = env.whole_number("BCP_KEEP_TASK_DAYS", 7, least=1, most=365)
DRAFT_DAYS = env.whole_number("BCP_KEEP_DRAFT_DAYS", 28, least=7, most=365)
WORD_DAYS = env.whole_number("BCP_KEEP_WORD_DAYS", 30, least=1, most=365)
# A terminal is known for 60 days (bcp_portal/members/password_spraying.py).
SIGN_IN_DAYS = env.whole_number("BCP_KEEP_SIGN_IN_DAYS", 90, least=60, most=3650)
PRINT_CACHE_DAYS = env.whole_number("BCP_KEEP_PRINT_CACHE_DAYS", 30, least=1, most=365)
PRINT_CACHE_BYTES = env.whole_number("BCP_PRINT_CACHE_MB", 512, least=16, most=65_536) * 1024 * 1024
# How many prints, imports and archives of one person, and of one town, wait or are worked at.
JOBS_OF_ONE_PERSON = env.whole_number("BCP_JOBS_PER_PERSON", 5, least=1, most=1000)
JOBS_OF_ONE_TOWN = env.whole_number("BCP_JOBS_PER_TOWN", 20, least=1, most=10_000)

# A grid of 150 rows posts several thousand fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024

SESSION_ENGINE = "bcp_portal.accounts.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 10
# A session that nobody uses ends after this time; what was typed is kept as a draft.
SESSION_IDLE_MINUTES = env.whole_number("BCP_SESSION_IDLE_MINUTES", 60, least=5, most=600)
SESSION_COOKIE_SECURE = BEHIND_HTTPS
CSRF_COOKIE_SECURE = BEHIND_HTTPS
SECURE_SSL_REDIRECT = BEHIND_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_HTTPS
SECURE_HSTS_PRELOAD = BEHIND_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_HTTPS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# To the error stream: the service manager keeps it. Request bodies never go there. Times are those
# of TIME_ZONE with its distance from UTC, as in gunicorn's own lines.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
            "datefmt": "[%Y-%m-%d %H:%M:%S %z]",
        }
    },
    "filters": {"one_line": {"()": "bcp_portal.ui.log_format.OneLine"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["one_line"],
        },
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        # Whoever asks for a host that is not ours gets 400; that is no fault to be told about.
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}
