"""Where to go next, never off the site."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request


def back(default: str = "/") -> str:
    """Return the page that sent this form, or the default."""
    return local(request.form.get("next") or request.args.get("next") or "", default)


def local(target: str, default: str = "/") -> str:
    """Return a target if it is a path of this site, else the default.

    >>> local("/plans?page=2"), local("//elsewhere.example/x"), local("javascript:x")
    ('/plans?page=2', '/', '/')
    """
    parts = urlsplit(target)
    on_site = not parts.scheme and not parts.netloc and target.startswith("/")
    return target if on_site and not target.startswith(("//", "/\\")) else default
