"""How often one address may try to sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

if TYPE_CHECKING:
    from flask import Flask

SIGN_IN: Final = "60 per minute"


def install(app: Flask) -> None:
    """Count sign-ins by address in this process; services count failures by email besides."""
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://")
    guard = limiter.limit(SIGN_IN, methods=["POST"])
    app.view_functions["auth.sign_in"] = cast("Any", guard(app.view_functions["auth.sign_in"]))
