"""Headers that keep the site to itself: no foreign script, no frame, no sniffing."""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from flask import current_app, g, request
from werkzeug.exceptions import BadRequest

if TYPE_CHECKING:
    from flask import Flask, Response

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'; manifest-src 'self'"
)
_HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}
_REQUEST_ID: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")


_ASKED_BY_ADDRESS: Final = frozenset({"health.live", "health.ready", "health.metrics"})


def install(app: Flask) -> None:
    """Number every request; add the headers to every answer."""
    app.before_request(_number)
    app.after_request(_guard)


def keep_to_own_hosts(app: Flask) -> None:
    """Refuse requests for hosts that are not ours; in the reader's language, so after that."""
    app.before_request(_ours)


def _ours() -> None:
    """Refuse a request for another host: its name would stand in letters and links.

    Raises:
        BadRequest: the installation names its hosts, and this is none of them.
    """
    known = {one.strip().lower() for one in current_app.extensions["settings"].hosts.split(",")}
    name = (urlsplit(f"//{request.host}").hostname or "").lower()
    if known != {""} and name not in known and request.endpoint not in _ASKED_BY_ADDRESS:
        raise BadRequest


def _number() -> None:
    """Take the number a proxy gave this request, or give it one."""
    given = request.headers.get("X-Request-ID", "")
    g.request_id = given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)


def _guard(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers["X-Request-ID"] = g.get("request_id", "")
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
        response.vary.add("Cookie")
    return response
