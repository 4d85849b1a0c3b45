"""Where to go next, never off the site."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Final

from flask import current_app, request
from werkzeug.exceptions import HTTPException

_PATH: Final = re.compile(r"/(?!/)[^\x00-\x1f\\]*")


def back(default: str = "/") -> str:
    """Return the page that sent this form, or the default.

    A form that was refused stands at an address that only takes forms: the page above it is
    opened then.
    """
    wanted = local(request.form.get("next") or request.args.get("next") or "", default)
    path, rest = wanted.split("?")[0], wanted
    while len(path) > 1 and not _opens(path):
        path = rest = path.rpartition("/")[0] or "/"
    return rest


def _opens(path: str) -> bool:
    try:
        current_app.url_map.bind("").match(path, method="GET")
    except HTTPException as failure:
        return failure.code in {HTTPStatus.NOT_FOUND, HTTPStatus.PERMANENT_REDIRECT}
    return True


def local(target: str, default: str = "/") -> str:
    """Return a target if it is a path of this site, else the default.

    Browsers leave out tabs and line ends, and take a backslash for a slash.

    >>> local("/plans?page=2"), local("//elsewhere.example/x"), local("javascript:x")
    ('/plans?page=2', '/', '/')
    """
    return target if _PATH.fullmatch(target) else default
