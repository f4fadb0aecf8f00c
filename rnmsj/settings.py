"""Settings of the portal: one file, everything that varies comes from the environment.

With no environment at all the portal is a first run: DEBUG on, a PostgreSQL of its own
under `var/`, the second factor of the staff not yet required (and a banner says so).
With DEBUG=False every missing setting is a refusal in one line that names it.
The variables are described in `.env.ejemplo`.
"""

import importlib.util
import sys
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from rnmsj import postgres_local

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")


def _entorno(lector, nombre: str, **opciones):
    """One variable of the environment; a value that cannot be read is a one-line refusal."""
    try:
        return lector(nombre, **opciones)
    except (ImproperlyConfigured, ValueError):
        sys.exit(f"La variable de entorno {nombre} no tiene un valor válido. Su forma está en .env.ejemplo.")


def _obligatoria(nombre: str) -> str:
    """A setting that production cannot invent."""
    valor = env.str(nombre, default="")
    if not valor:
        sys.exit(f"Falta la variable de entorno {nombre}: es obligatoria con DEBUG=False. Mira .env.ejemplo.")
    return valor


if importlib.util.find_spec("psycopg") is not None:
    # Django would prefer psycopg 3 over psycopg2 without a word, and its errors differ.
    sys.exit("El paquete psycopg (versión 3) no debe estar instalado: quítalo con «pip uninstall psycopg».")

EN_PRUEBAS = "pytest" in sys.modules
DEBUG = _entorno(env.bool, "DEBUG", default=True)

# ── Identity ────────────────────────────────────────────────────────────────────────────
RED_NOMBRE = env.str("RED_NOMBRE", default="Red Nacional de Mesas de Seguridad y Justicia")
RED_SIGLAS = env.str("RED_SIGLAS", default="RNMSJ")
# Addresses that the public pages show. Empty: the page says how to reach México SOS without inventing one.
CONTACTO_RED = env.str("CONTACTO_RED", default="")
CONTACTO_PRIVACIDAD = env.str("CONTACTO_PRIVACIDAD", default="")

# Order of the three marks on what the mesas print.
MARCAS_EN_ORDEN = env.list("MARCAS_EN_ORDEN", default=["mesa", "red", "mexico_sos"])
if sorted(MARCAS_EN_ORDEN) != ["mesa", "mexico_sos", "red"]:
    sys.exit("MARCAS_EN_ORDEN lleva las tres marcas, cada una una vez: mesa,red,mexico_sos en el orden que quieras.")
# Days that whoever was in a session has to object to the draft of its minute.
DIAS_PARA_OBJETAR = _entorno(env.int, "DIAS_PARA_OBJETAR", default=7)

# ── Security ────────────────────────────────────────────────────────────────────────────
if DEBUG:
    # A key of the first run only: sessions of a demonstration, never of production.
    SECRET_KEY = env.str("SECRET_KEY", default="") or "primera-ejecucion-" + "0" * 50
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
else:
    SECRET_KEY = _obligatoria("SECRET_KEY")
    if len(SECRET_KEY) < 50:
        sys.exit("SECRET_KEY es muy corta: usa al menos 50 caracteres al azar. En .env.ejemplo está cómo hacerla.")
    ALLOWED_HOSTS = [nombre.strip() for nombre in _obligatoria("ALLOWED_HOSTS").split(",")]
# Where the links of a mail lead: what is sent in the background knows no request.
PORTAL_URL = env.str("PORTAL_URL", default="" if not DEBUG else "http://127.0.0.1:8000").rstrip("/") or (
    f"https://{ALLOWED_HOSTS[0].lstrip('.')}"
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SEGUNDO_FACTOR_OBLIGATORIO = _entorno(env.bool, "SEGUNDO_FACTOR_OBLIGATORIO", default=not DEBUG or EN_PRUEBAS)

if not DEBUG:
    SECURE_SSL_REDIRECT = _entorno(env.bool, "SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^salud/$"]
    SECURE_HSTS_SECONDS = _entorno(env.int, "SECURE_HSTS_SECONDS", default=31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    if _entorno(env.bool, "DETRAS_DE_PROXY", default=False):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        ALLAUTH_TRUSTED_PROXY_COUNT = 1
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # data: for the QR of the second factor
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
        "object-src": [NONE],
    }
}

# ── Rooms ───────────────────────────────────────────────────────────────────────────────
INSTALLED_APPS = [
    "rnmsj",
    "encuentros",
    "indicadores",
    "comites",
    "mesas",
    "cuentas",
    "comun",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "import_export",
    "django_htmx",
    "csp",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "rnmsj.middleware.BaseDeDatosCaida",
    *(["rnmsj.middleware.PaginaDesconocida"] if DEBUG else []),
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # its random padding and Django's masked tokens answer BREACH
    "csp.middleware.CSPMiddleware",
    "rnmsj.middleware.SinCopias",
    "rnmsj.middleware.SinCaracterNulo",  # before anybody reads the address, even to look for a file
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "rnmsj.middleware.ConBotonYSinPagina",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cuentas.middleware.SegundoFactorDelPersonal",
]

ROOT_URLCONF = "rnmsj.urls"
WSGI_APPLICATION = "rnmsj.wsgi.application"

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
                "rnmsj.contexto.red",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# ── Data ────────────────────────────────────────────────────────────────────────────────
_direccion = env.str("DATABASE_URL", default="") or (
    postgres_local.asegurar() if DEBUG else _obligatoria("DATABASE_URL")
)
if not _direccion.startswith(("postgres://", "postgresql://")):
    sys.exit("DATABASE_URL debe ser de PostgreSQL: postgres://usuario:clave@servidor:5432/base")
DATABASES = {"default": env.db_url_config(_direccion)}
DATABASES["default"].update(CONN_MAX_AGE=0 if EN_PRUEBAS else 60, CONN_HEALTH_CHECKS=True)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared by every instance: login rate limits and the previews of imports live here.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_portal",
        "OPTIONS": {"MAX_ENTRIES": 20_000},  # a preview of an import must outlive a busy day
    }
}
# Long work waits here, in PostgreSQL, and `manage.py atender_cola` does it: one process or several.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# ── Accounts ────────────────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "cuentas.Usuario"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "tablero"
LOGOUT_REDIRECT_URL = "inicio"
ACCOUNT_ADAPTER = "cuentas.adaptadores.AdaptadorDeCuentas"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGOUT_REDIRECT_URL = "inicio"
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"[{RED_SIGLAS}] "
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
MFA_TOTP_ISSUER = RED_SIGLAS
if EN_PRUEBAS:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# ── Mail ────────────────────────────────────────────────────────────────────────────────
_correo = env.str("EMAIL_URL", default="")
# Without a server of mail, as in a first run, messages do not leave: they can be read in the workspace.
CORREO_SE_GUARDA = DEBUG and not _correo
try:
    vars().update(env.email_url_config(_correo or ("consolemail://" if DEBUG else "smtp://localhost:25")))
except ImproperlyConfigured:
    sys.exit("EMAIL_URL no tiene un valor válido. Su forma está en .env.ejemplo.")
if CORREO_SE_GUARDA:
    EMAIL_BACKEND = "cuentas.correo_guardado.GuardarYMostrar"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portal@localhost")

# ── Language and time ───────────────────────────────────────────────────────────────────
LANGUAGE_CODE = "es-mx"
LANGUAGES = [("es-mx", "Español (México)")]  # only one: an English browser must not get English
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "America/Mexico_City"
USE_TZ = True

# ── Files ───────────────────────────────────────────────────────────────────────────────
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG

# ── Import and export ───────────────────────────────────────────────────────────────────
IMPORT_EXPORT_USE_TRANSACTIONS = True
IMPORT_EXPORT_TMP_STORAGE_CLASS = "import_export.tmp_storages.CacheStorage"  # any instance may confirm
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True
IMPORT_EXPORT_SKIP_ADMIN_LOG = False

# ── Logs: addresses and faults, never what people wrote ─────────────────────────────────
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "linea": {
            "()": "comun.registros.SinDatos",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"consola": {"class": "logging.StreamHandler", "formatter": "linea"}},
    "root": {"handlers": ["consola"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["consola"], "level": "INFO", "propagate": False},
        "rnmsj": {"handlers": ["consola"], "level": "INFO", "propagate": False},
    },
}
