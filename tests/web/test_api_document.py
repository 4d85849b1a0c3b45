"""The OpenAPI document is true: a generated client finds no answer that it does not describe."""

from __future__ import annotations

import shutil
import warnings
from typing import TYPE_CHECKING

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from planner.db.store import open_store
from planner.domain.fields import columns
from planner.domain.records import SHEETS
from planner.services import tokens
from planner.settings import load_settings
from planner.web.api.document import openapi
from planner.web.api.operations import OPERATIONS
from planner.web.app import create_app
from tests.web.conftest import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator

CHECKS = (
    not_a_server_error,
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
DRAWS_A_DOCUMENT = {"get_proposal_pdf", "get_model"}


@pytest.fixture(scope="module")
def site(built, tmp_path_factory) -> Iterator[tuple]:
    folder = tmp_path_factory.mktemp("fuzzed")
    path = folder / "planner.db"
    shutil.copy(built.url.removeprefix("sqlite:///"), path)
    store = open_store(f"sqlite:///{path}", lambda: NOW)
    settings_ = load_settings({"PLANNER_DATA_DIR": str(folder)})
    app = create_app(settings_, store, lambda: NOW)
    text = tokens.create(store, built.people["ani"], "x", ("see", "edit", "plan", "decide"), 30)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    yield schema, built, {"Authorization": f"Bearer {text}", "Accept-Encoding": "identity"}
    store.close()


def test_every_field_of_a_record_stands_in_the_document() -> None:
    schemas = openapi("1")["components"]["schemas"]
    for sheet, kind in SHEETS.items():
        assert set(schemas[kind.__name__]["properties"]) == {one.name for one in columns(kind)}, (
            sheet
        )


def test_every_operation_has_a_name_of_its_own_and_says_what_it_does() -> None:
    names = [told.name for told in OPERATIONS]
    assert len(set(names)) == len(names) > 60
    assert all(told.summary for told in OPERATIONS)


@pytest.mark.parametrize("name", [told.name for told in OPERATIONS])
def test_a_generated_client_meets_no_surprise(site, name) -> None:
    schema, house, head = site
    if name in DRAWS_A_DOCUMENT:
        pytest.skip("draws a document for each example; tests/web/test_documents does that once")
    found = schema.find_operation_by_id(name)

    @settings(max_examples=8, deadline=None, database=None, derandomize=True,
              phases=[Phase.generate], suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(case=found.as_strategy())
    def exercise(case) -> None:
        for part, value in (("estate", house.estate), ("plan", house.plan),
                            ("proposal", house.proposal)):  # fmt: skip
            if part in (case.path_parameters or {}) and len(case.path_parameters[part]) % 2:
                case.path_parameters[part] = value
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            case.call_and_validate(headers=head, checks=list(CHECKS))

    exercise()
