"""Sign-in by the organisation's own provider (OpenID Connect), where one is set."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from flask import current_app

from planner.errors import IncompleteInstallation

if TYPE_CHECKING:
    from flask import Flask

    from planner.settings import Settings

_NAME = "provider"


def install(app: Flask) -> None:
    """Register the provider of the settings; nothing is asked of it before somebody signs in.

    Raises:
        IncompleteInstallation: a provider is set and the extra `oidc` is not installed.
    """
    settings = cast("Settings", app.extensions["settings"])
    if not settings.oidc_issuer:
        return
    try:
        client = import_module("authlib.integrations.flask_client")
    except ImportError as missing:
        raise IncompleteInstallation(
            f"PLANNER_OIDC_ISSUER is set and a package is missing ({missing.name}); install the "
            "extra: pip install 'office-space-planner[oidc]'"
        ) from None
    oauth = client.OAuth(app)
    oauth.register(
        _NAME,
        server_metadata_url=f"{settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration",
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        client_kwargs={"scope": "openid email", "code_challenge_method": "S256"},
    )
    app.extensions["oidc"] = getattr(oauth, _NAME)


def provider() -> Any:
    """Return the client of the provider, None where none is set."""
    return current_app.extensions.get("oidc")
