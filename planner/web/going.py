"""Where to go next, never off the site."""

from __future__ import annotations

import re
from typing import Final

from flask import request

_PATH: Final = re.compile(r"/(?!/)[^\x00-\x1f\\]*")


def back(default: str = "/") -> str:
    """Return the page that sent this form, or the default."""
    return local(request.form.get("next") or request.args.get("next") or "", default)


def local(target: str, default: str = "/") -> str:
    """Return a target if it is a path of this site, else the default.

    Browsers leave out tabs and line ends, and take a backslash for a slash.

    >>> local("/plans?page=2"), local("//elsewhere.example/x"), local("javascript:x")
    ('/plans?page=2', '/', '/')
    """
    return target if _PATH.fullmatch(target) else default
