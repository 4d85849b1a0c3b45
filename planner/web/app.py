"""The application factory: settings in, a site out; nothing happens at import."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from planner.db import slow
from planner.db.store import open_store
from planner.paths import static_dir, templates_dir
from planner.web import (
    access,
    api,
    assets,
    compress,
    errors,
    limits,
    navigation,
    oidc,
    phrases,
    security,
    speaking,
    views,
    watching,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.db.store import Store
    from planner.settings import Settings

_SESSION_DAYS = 14


def _utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def create_app(
    settings: Settings,
    store: Store | None = None,
    clock: Callable[[], dt.datetime] = _utc_now,
) -> Flask:
    """Return the site.

    Args:
        settings: what the installation decided.
        store: an open database; None opens the one of the settings.
        clock: tells the time, with its zone.
    """
    app = Flask(
        "planner.web",
        template_folder=str(templates_dir()),
        static_folder=str(static_dir()),
        static_url_path="/static",
    )
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="planner",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        PERMANENT_SESSION_LIFETIME=dt.timedelta(days=_SESSION_DAYS),
        MAX_CONTENT_LENGTH=settings.max_upload_mb * 2**20,
        MAX_FORM_MEMORY_SIZE=8 * 2**20,
        WTF_CSRF_TIME_LIMIT=None,
        SEND_FILE_MAX_AGE_DEFAULT=dt.timedelta(days=365),
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.extensions["store"] = store or open_store(settings.database_url)
    slow.watch(app.extensions["store"].engine, settings.slow_query_ms)
    if settings.proxies:
        trusted = settings.proxies
        proxied = ProxyFix(app.wsgi_app, x_for=trusted, x_proto=trusted, x_host=trusted)
        app.wsgi_app = proxied  # type: ignore[method-assign]
    app.extensions["clock"] = clock
    app.extensions["settings"] = settings
    security.install(app)
    watching.install(app)
    speaking.install(app)
    security.keep_to_own_hosts(app)
    protect = CSRFProtect(app)
    access.install(app)
    assets.install(app)
    navigation.install(app)
    phrases.install(app)
    errors.install(app)
    compress.install(app)
    oidc.install(app)
    views.install(app)
    api.install(app, protect)
    limits.install(app)
    return app
