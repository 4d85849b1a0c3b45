"""How often one address may try to sign in, and what counts requests for all processes."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import ipaddress
import threading
from collections import deque
from typing import TYPE_CHECKING, Any, Final, cast

from flask import request
from flask_limiter import Limiter
from limits import parse
from limits.storage import Storage

from planner.services.counts import count_up

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flask import Flask

    from planner.db.store import Store

SIGN_IN: Final = "60 per minute"
_BLOCKS: Final = 40
_ONE_SITE: Final = 64
"""Bits of an IPv6 address that one subscriber is given whole."""


class Rows(Storage):
    """Counts in the database, shared by all processes on all hosts.

    A process takes numbers in blocks and hands them out itself, so that a limit of 1,200 a minute
    costs 40 writes, not 1,200. No number is handed out twice: together the processes let pass at
    most what the limit says, and each may leave the rest of one block unused.

    Args:
        store: the open database.
        secret: keys the hash of who asks, so that nobody reads addresses from the rows.
        block: how many numbers to take at once.
    """

    STORAGE_SCHEME: Final = ["rows"]  # type: ignore[misc]

    def __init__(self, uri: str = "", *, store: Store, secret: str, block: int, **_: Any) -> None:
        """Hold no number yet."""
        super().__init__(uri)
        self._store, self._secret, self._block = store, secret.encode(), block
        self._held: dict[str, deque[int]] = {}
        self._given: dict[str, int] = {}
        self._until = dt.datetime.min.replace(tzinfo=dt.UTC)
        self._lock = threading.Lock()

    @property
    def base_exceptions(self) -> type[Exception]:
        """Return what may go wrong; the site answers each in words of its own."""
        return Exception

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Return the next number of this minute, or whatever time `expiry` seconds make."""
        del amount  # always one request
        now = self._store.now()
        until = now + dt.timedelta(seconds=expiry - now.timestamp() % expiry)
        number = self._next(key, until)
        if number is None:
            who = hmac.new(self._secret, key.encode(), hashlib.sha256).hexdigest()
            last = count_up(self._store, who, until, self._block)
            number = self._next(key, until, range(last - self._block + 1, last + 1))
        return cast("int", number)

    def _next(self, key: str, until: dt.datetime, more: Iterable[int] = ()) -> int | None:
        """Hand out a number that is held, after adding more; None if none is left."""
        with self._lock:
            if until != self._until:
                self._held, self._given, self._until = {}, {}, until
            held = self._held.setdefault(key, deque())
            held.extend(more)
            if not held:
                return None
            self._given[key] = held.popleft()
            return self._given[key]

    def get(self, key: str) -> int:
        """Return the number that was handed out last."""
        return self._given.get(key, 0)

    def get_expiry(self, key: str) -> float:
        """Return when the counting begins anew, in seconds of Unix time."""
        del key
        return self._until.timestamp()

    def check(self) -> bool:
        """Say that counting is possible; a database that is gone says so itself."""
        return True

    def reset(self) -> None:
        """Forget what is held; rows go when their time is over."""
        self._held = {}

    def clear(self, key: str) -> None:
        """Forget what is held for somebody."""
        self._held.pop(key, None)


def limiter(app: Flask, who: Callable[[], str], rate: str, *, headers: bool = False) -> Limiter:
    """Return what counts requests by `who` asks, for all processes together."""
    options: dict[str, Any] = {
        "store": app.extensions["store"],
        "secret": app.config["SECRET_KEY"],
        "block": max(1, parse(rate).amount // _BLOCKS),
    }
    return Limiter(
        who, app=app, storage_uri="rows://", storage_options=options, headers_enabled=headers
    )


def address() -> str:
    """Return the address that asks; of IPv6 the part that is not for the asker to choose."""
    given = request.remote_addr or "unknown"
    try:
        found = ipaddress.ip_address(given)
    except ValueError:
        return given
    if found.version == 4:  # noqa: PLR2004  of an address
        return given
    return str(ipaddress.ip_network((int(found), _ONE_SITE), strict=False))


def install(app: Flask) -> None:
    """Count sign-ins by address; services count failures by email besides."""
    guard = limiter(app, address, SIGN_IN).limit(SIGN_IN, methods=["POST"])
    app.view_functions["auth.sign_in"] = cast("Any", guard(app.view_functions["auth.sign_in"]))
