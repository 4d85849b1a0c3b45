"""Two people fill in the same form: the second is told, and overwrites nothing unseen."""

from __future__ import annotations

import html
import re

import pytest

FORMS = {
    "owner": ("/admin/settings", "/admin/owner", {"owner": "First"}, {"owner": "Second"}),
    "plan": ("/plans/{plan}", "/plans/{plan}/name", {"name": "First"}, {"name": "Second"}),
    "brand": ("/admin/brand", "/admin/brand", {"colour": "#0f5268"}, {"colour": "#7a1f1f"}),
    "roles": ("/admin", "/admin/people/{sari}/roles", {"role": "planner"}, {"role": "viewer"}),
}


def form(client, page: str, action: str) -> dict[str, str]:
    """Return what the hidden fields of a form hold."""
    text = client.get(page).text
    found = next(
        one
        for one in re.findall(r"<form .*?</form>", text, re.DOTALL)
        if f'action="{action}"' in one
    )
    hidden = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', found)
    return {name: html.unescape(value) for name, value in hidden}


@pytest.mark.parametrize("what", FORMS)
def test_the_second_of_two_is_told_and_overwrites_nothing(ani, house, what) -> None:
    names = {"plan": house.plan, "sari": house.people["sari"].id}
    page, action = (one.format(**names) for one in FORMS[what][:2])
    first, second = FORMS[what][2:]
    seen = form(ani, page, action)
    assert ani.post(action, data=seen | first).status_code == 303
    stored = form(ani, page, action)["seen"]
    assert stored != seen["seen"]
    late = ani.post(action, data=seen | second)
    assert late.status_code == 409
    assert "Nothing of yours was stored" in late.text
    assert form(ani, page, action)["seen"] == stored
    assert ani.post(action, data=form(ani, page, action) | second).status_code == 303
    assert form(ani, page, action)["seen"] != stored
