"""Every page in real Chromium: readable by all, quiet, and never wider than its window."""

from __future__ import annotations

import pytest

from tests.browser.conftest import AXE, SHOTS, Site, Tab

pytestmark = pytest.mark.browser

PAGES = {
    "estates": "/estates",
    "new-estate": "/estates/new",
    "upload-estate": "/estates/upload",
    "today": "/estates/{e}",
    "estate": "/estates/{e}/stack",
    "floor": "/estates/{e}/floors/N1",
    "trace": "/estates/{e}/floors/N1/trace",
    "scale": "/estates/{e}/floors/N1/scale",
    "data": "/estates/{e}/data",
    "teams": "/estates/{e}/data/teams",
    "team": "/estates/{e}/data/teams/edit?key=T1",
    "new-rule": "/estates/{e}/data/rules/new",
    "paste": "/estates/{e}/data/teams/paste",
    "upload": "/estates/{e}/upload",
    "attendance": "/estates/{e}/attendance",
    "assumptions": "/estates/{e}/assumptions",
    "assumption": "/estates/{e}/assumptions/void_months",
    "plans": "/estates/{e}/plans",
    "new-plan": "/estates/{e}/plans/new",
    "new-periods": "/estates/{e}/stages/new",
    "result": "/plans/{p}",
    "stack": "/plans/{p}/stack",
    "compare": "/estates/{e}/compare",
    "propose": "/plans/{p}/propose",
    "proposals": "/proposals",
    "people": "/admin",
    "audit": "/admin/audit",
    "settings": "/admin/settings",
    "delete-owner": "/admin/owner/delete",
    "account": "/account",
    "guide": "/estates/{e}/guide",
    "share": "/plans/{p}/share",
    "how-to": "/docs/how-to/change-a-plan",
    "help": "/docs",
    "tutorial": "/docs/tutorial/first-proposal",
    "more": "/estates/{e}/more",
    "header": "/estates/{e}/header",
    "units": "/estates/{e}/floors/N1/units",
    "floor-in-plan": "/estates/{e}/floors/S2?plan={p}",
    "import": "/estates/{e}/imports/{f}",
    "day-file": "/estates/{e}/attendance/files/{d}",
    "use": "/estates/{e}/attendance/use",
    "calendar": "/estates/{e}/attendance/calendar",
    "what-if": "/estates/{e}/attendance/what-if",
    "on-site": "/estates/{e}/attendance/on-site",
    "by-hand": "/estates/{e}/plans/by-hand",
    "moves": "/plans/{p}/moves",
    "documents": "/plans/{p}/documents",
    "table": "/plans/{p}/tables/units",
    "delete-plan": "/plans/{p}/delete",
    "delete-estate": "/estates/{e}/delete",
    "proposal": "/proposals/{q}",
    "tokens": "/account/tokens",
    "brand": "/admin/brand",
    "system": "/admin/system",
    "not-found": "/estates/nothing",
}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def violations(tab: Tab) -> list[str]:
    """Return what axe finds wrong, one line an element."""
    tab.page.evaluate(AXE.read_text(encoding="utf-8"))
    found = tab.page.evaluate("(rules) => axe.run(document, rules)", RULES)
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def speak(tab: Tab, site: Site, language: str) -> None:
    """Choose a language as a reader does."""
    tab.page.goto(site.url + "/estates")
    if tab.page.locator("html").get_attribute("lang") != language:
        tab.page.locator(".tools form button[name=language]").first.click()
        tab.page.wait_for_load_state()
    assert tab.page.locator("html").get_attribute("lang") == language


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_shuts_nobody_out(tab: Tab, site: Site, name: str, language: str) -> None:
    if language != "en":
        speak(tab, site, language)
    tab.page.goto(site.at(PAGES[name]))
    if name == "not-found":
        tab.complaints.clear()  # the browser reports the 404 that this page is
    assert tab.page.locator("h1").count() == 1
    for theme in ("light", "dark"):
        tab.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        assert violations(tab) == [], theme


@pytest.mark.parametrize("width", [1440, 768, 720, 390, 320])  # 720: 1440 at 200%
def test_no_page_is_wider_than_its_window(tab: Tab, site: Site, width: int) -> None:
    tab.page.set_viewport_size({"width": width, "height": 844})
    wide = {}
    for name, page in PAGES.items():
        tab.page.goto(site.at(page))
        wide[name] = tab.page.evaluate("document.documentElement.scrollWidth")
    tab.complaints.clear()
    assert {name: found for name, found in wide.items() if found > width} == {}


def test_the_sign_in_shuts_nobody_out(chromium, site: Site) -> None:
    context = chromium.new_context()
    tab = Tab(context.new_page())
    for scheme in ("light", "dark"):
        tab.page.emulate_media(color_scheme=scheme)
        tab.page.goto(site.url + "/sign-in")
        assert violations(tab) == []
    context.close()


@pytest.mark.slow
@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("id", "light"), ("en", "dark")])
def test_pictures_of_every_page_for_the_eye(
    tab: Tab, site: Site, language: str, theme: str
) -> None:
    SHOTS.mkdir(exist_ok=True)
    tab.page.emulate_media(color_scheme=theme)
    if language != "en":
        speak(tab, site, language)
    taken = 0
    for width in (1440, 768, 390):
        tab.page.set_viewport_size({"width": width, "height": 900})
        for name, page in PAGES.items():
            tab.page.goto(site.at(page))
            tab.page.screenshot(
                path=SHOTS / f"{name}-{width}-{language}-{theme}.png", full_page=True
            )
            taken += 1
    tab.complaints.clear()
    assert taken == 3 * len(PAGES)
