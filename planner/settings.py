"""What an installation decides: `PLANNER_*` variables, read once into one frozen object."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, Self

from pydantic import Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from planner.errors import InvalidInput, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX: Final = "PLANNER_"
_NOT_OURS: Final = frozenset({"PLANNER_SAMPLES", "PLANNER_CHROMIUM"})
"""Variables that only tests and set-up read."""
_SHORTEST_SECRET: Final = 32


class Settings(BaseSettings):
    """The settings of one process.

    Args:
        data_dir: where the database, the generated secret and backups are kept.
        database_url: `sqlite:///FILE` or `postgresql+psycopg://...`; by default a file in
            `data_dir`.
        secret_key: signs sessions, at least 32 characters; by default generated into
            `data_dir`, readable by this user only. Several web processes share one.
        production: refuses settings that are unsafe where others can reach the site.
        secure_cookies: cookies travel over HTTPS only.
        max_upload_mb: largest file that may be uploaded.
        worker_stale_seconds: a worker silent for so long is taken for dead.
        metrics_token: with it, `/metrics` answers whoever brings it as a bearer; without, nobody.
        slow_query_ms: a statement that takes longer is logged, without its values; 0 for none.
        hosts: names under which the site is reached, parted by commas; "" takes any.
        proxies: how many proxies stand before the site, whose headers name address and scheme.
        smtp_host: server that takes e-mail; "" sends none.
        smtp_port: its port.
        smtp_security: `starttls`, `tls` or `none`.
        smtp_user: to sign in there, "" where it asks for none.
        smtp_password: the same.
        smtp_sender: address that letters come from.
        oidc_issuer: address of the organisation's own sign-in (OpenID Connect); empty: passwords.
        oidc_client_id, oidc_client_secret: by which that sign-in knows this site.
        log_level: of the structured log.
        log_json: one JSON object a line instead of text.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    data_dir: Path = Path("var")
    database_url: str = ""
    secret_key: str = Field(default="", repr=False)
    production: bool = False
    secure_cookies: bool = False
    max_upload_mb: int = Field(default=64, ge=1, le=2000)
    worker_stale_seconds: int = Field(default=20, ge=6, le=600)
    metrics_token: str = Field(default="", repr=False)
    slow_query_ms: int = Field(default=500, ge=0, le=600_000)
    hosts: str = ""
    proxies: int = Field(default=0, ge=0, le=5)
    smtp_host: str = ""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str = ""
    smtp_password: str = Field(default="", repr=False)
    smtp_sender: str = ""
    oidc_issuer: str = Field(default="", pattern="^(https?://.+)?$")
    oidc_client_id: str = ""
    oidc_client_secret: str = Field(default="", repr=False)
    log_level: str = Field(default="info", pattern="^(debug|info|warning|error)$")
    log_json: bool = False

    @model_validator(mode="before")
    @classmethod
    def _complete(cls, given: Any) -> Any:
        """Fill in what follows from the data folder."""
        folder = Path(given.get("data_dir") or "var").absolute()
        url = given.get("database_url") or f"sqlite:///{folder / 'planner.db'}"
        return {**given, "data_dir": folder, "database_url": url}

    @model_validator(mode="after")
    def _safe(self) -> Self:
        """Refuse what would be unsafe."""
        if self.secret_key and len(self.secret_key) < _SHORTEST_SECRET:
            raise ValueError(
                f"PLANNER_SECRET_KEY has {len(self.secret_key)} characters; set at least "
                f"{_SHORTEST_SECRET} random ones"
            )
        if self.smtp_host and "@" not in self.smtp_sender:
            raise ValueError(
                "PLANNER_SMTP_HOST needs PLANNER_SMTP_SENDER, the address that letters come from"
            )
        if self.production and not self.secret_key:
            raise ValueError("PLANNER_PRODUCTION needs PLANNER_SECRET_KEY; set a random one")
        if self.oidc_issuer and not (self.oidc_client_id and self.oidc_client_secret):
            raise ValueError(
                "PLANNER_OIDC_ISSUER needs PLANNER_OIDC_CLIENT_ID and PLANNER_OIDC_CLIENT_SECRET"
            )
        if self.production and self.oidc_issuer.startswith("http:"):
            raise ValueError("PLANNER_PRODUCTION needs a PLANNER_OIDC_ISSUER that is https")
        if self.production and self.smtp_host and not self.hosts:
            raise ValueError(
                "PLANNER_SMTP_HOST needs PLANNER_HOSTS in production, the names under which the "
                "site is reached, or a forged one could stand in letters"
            )
        if self.production and not self.secure_cookies:
            raise ValueError(
                "PLANNER_PRODUCTION needs PLANNER_SECURE_COOKIES=true and a site behind HTTPS"
            )
        return self


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings of this process and make its data folder.

    Args:
        environment: variables to read; None reads those of the process.

    Raises:
        InvalidInput: an unknown or malformed `PLANNER_*` variable, or an unsafe setting.
    """
    return _settings(_given(environment))


def demo_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings for the demo: as for this process, its data in a folder `demo`.

    Where a database is named, the demo goes there.
    """
    given = _given(environment)
    if "database_url" in given:
        return _settings(given)
    own = Path(given.get("data_dir", "var")) / "demo"
    return _settings({**given, "data_dir": str(own)})


def _given(environment: Mapping[str, str] | None) -> dict[str, str]:
    variables = os.environ if environment is None else environment
    return {
        name.removeprefix(PREFIX).lower(): value
        for name, value in variables.items()
        if name.startswith(PREFIX) and name not in _NOT_OURS and not name.startswith("PLANNER_TEST")
    }


def _settings(given: Mapping[str, Any]) -> Settings:
    unknown = sorted(given.keys() - Settings.model_fields.keys())
    if unknown:
        known = ", ".join(PREFIX + name.upper() for name in Settings.model_fields)
        raise InvalidInput(
            Problem(PREFIX + name.upper(), f"is no setting of the planner; known are {known}")
            for name in unknown
        )
    try:
        settings = _Own(**given)
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        if settings.secret_key:
            return settings
        return _Own(**{**given, "secret_key": _kept_secret(settings.data_dir)})
    except ValidationError as refusal:
        raise InvalidInput(
            Problem(
                ".".join(PREFIX + str(part).upper() for part in error["loc"]),
                error["msg"].removeprefix("Value error, "),
            )
            for error in refusal.errors(include_url=False, include_input=False)
        ) from None
    except OSError as refusal:
        raise InvalidInput(
            f"The data folder cannot be used: {refusal}; set PLANNER_DATA_DIR to one that can"
        ) from None


class _Own(Settings):
    """Settings from what is given only; the environment was read before."""

    @classmethod
    def settings_customise_sources(cls, *_: Any, **sources: Any) -> tuple[Any, ...]:
        """Read nothing else."""
        return (sources["init_settings"],)


def _kept_secret(folder: Path) -> str:
    """Return the secret of this installation, made at the first start."""
    path = folder / "secret-key"
    if not path.exists():
        handle, made = tempfile.mkstemp(dir=folder, prefix=".secret-")
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
        with suppress(FileExistsError):
            Path(path).hardlink_to(made)
        Path(made).unlink()
    return path.read_text(encoding="ascii").strip()
