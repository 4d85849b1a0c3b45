"""A database of each kind, with two owners and their people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.factories import DATABASES, opened, people_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from planner.db.store import Store
    from tests.factories import People


@pytest.fixture(params=DATABASES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with opened(request.param, tmp_path) as found:
        yield found


@pytest.fixture
def people(store: Store) -> People:
    return people_in(store)
