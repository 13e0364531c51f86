"""Build the application: the one place where all the parts meet."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import StrictUndefined

from tandem import taxonomy, web
from tandem.config import Settings
from tandem.db import harden
from tandem.extensions import babel, compress, csrf, db, login_manager
from tandem.web import languages

_PACKAGE = Path(__file__).parent
_LARGEST_FORM = 64 * 1024


def create_app(settings: Settings | None = None) -> Flask:
    """Return an application ready to serve."""
    settings = settings or Settings.from_env()
    app = Flask("tandem", template_folder=str(templates_folder()), instance_path=str(_PACKAGE))
    app.config.from_mapping(_flask_settings(settings))
    app.extensions["settings"] = settings
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    for extension in (compress, csrf, db, login_manager):
        extension.init_app(app)
    babel.init_app(app, locale_selector=languages.chosen_locale, timezone_selector=languages.zone)
    with app.app_context():
        harden(db.engine)
    web.init_app(app)
    taxonomy.use(settings.instance)
    return app


def templates_folder() -> Path:
    """Return where the templates are: inside the installed package, or beside it."""
    installed = _PACKAGE / "templates"
    return installed if installed.is_dir() else _PACKAGE.parent / "templates"


def _flask_settings(settings: Settings) -> dict[str, Any]:
    """Return the settings under the names that Flask and its extensions look for."""
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_ENGINES": {"default": {"url": settings.database_url, **_pool(settings)}},
        "BABEL_DEFAULT_LOCALE": languages.DEFAULT,
        "BABEL_TRANSLATION_DIRECTORIES": str(_PACKAGE / "translations"),
        "MAX_CONTENT_LENGTH": _LARGEST_FORM,
        "MAX_FORM_MEMORY_SIZE": _LARGEST_FORM,
        "TRUSTED_HOSTS": list(settings.trusted_hosts),
        "SESSION_COOKIE_NAME": "__Host-tandem" if settings.is_https else "tandem",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(days=30),
        "PREFERRED_URL_SCHEME": "https" if settings.is_https else "http",
        "WTF_CSRF_TIME_LIMIT": None,
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_STREAMS": False,
        "TESTING": settings.testing,
    }


def _pool(settings: Settings) -> dict[str, Any]:
    if settings.database_url.startswith("sqlite"):
        return {}
    return {"pool_pre_ping": True, "pool_size": 8, "max_overflow": 4}
