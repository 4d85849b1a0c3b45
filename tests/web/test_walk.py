"""No page of the site escapes the walk of the browser tests: each is looked at by axe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.exceptions import NotFound

from tests.browser.test_pages import PAGES

if TYPE_CHECKING:
    from flask import Flask

FILES = {
    "admin.audit_csv",
    "admin.export",
    "data.template",
    "data.workbook",
    "documents.json",
    "documents.moves",
    "documents.proposal",
    "documents.workbook",
    "estate.imdf",
    "imports.picture",
    "presence.use_it",
    "static",
    "trace.picture",
    "waves.calendar",
}
"""Files to download and pictures."""
PARTS = {
    "documents.live",
    "imports.live",
    "intakes.live",
    "runs.live",
    "stack.targets",
    "studies.part",
}
"""What a page on the walk fetches into itself."""
FOR_PROGRAMS = {"health.live", "health.metrics", "health.ready", "oidc.back", "oidc.start"}
GOES_ON = {"estates.start"}
ELSEWHERE = {
    "auth.first_start": "test_own_data",
    "auth.sign_in_form": "test_pages",
    "documents.of_plan": "test_twins",
    "documents.of_version": "test_twins",
    "documents.order": "test_orders",
    "intakes.page": "test_waiting",
    "runs.page": "test_waiting",
    "shares.view": "test_waiting",
    "stages.delete": "test_waiting",
    "stages.page": "test_waiting",
}
"""Pages that need more than the house holds, and the browser tests that look at them."""


def test_every_page_of_the_site_is_looked_at_in_a_real_browser(app: Flask) -> None:
    adapter = app.url_map.bind("localhost")
    walked = set()
    for address in PAGES.values():
        try:
            endpoint, _ = adapter.match(
                address.partition("?")[0].format(e="e", p="p", q="q", f="f", d="d")
            )
        except NotFound:
            continue
        walked.add(endpoint)
    there = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.endpoint.startswith("api.")
    }
    told = FILES | PARTS | FOR_PROGRAMS | GOES_ON | ELSEWHERE.keys()
    assert there - walked - told == set()
    assert told - there == set()
    assert told & walked == set()
