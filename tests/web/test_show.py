"""What pages draw themselves: axes, the chart of a search, weekdays, Markdown, words."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.i18n import speech_of
from planner.services.plans import RunState
from planner.web.going import local
from planner.web.show.gap import Point, clock, gap_chart
from planner.web.show.markdown import html_of
from planner.web.show.run import run_page
from planner.web.show.scale import axis_of
from planner.web.show.week import week_chart
from planner.web.show.words import share_of
from tests.estates import estate

EN = speech_of("en")
BILLION = 10**11  # sen


@given(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9))
def test_an_axis_holds_both_ends_with_few_round_lines(one, other) -> None:
    low, high = min(one, other), max(one, other)
    axis = axis_of(low, high)
    assert axis.least <= low
    assert axis.most >= high
    assert 2 <= len(axis.ticks) <= 8


@given(
    st.lists(
        st.tuples(
            st.floats(0, 120),
            st.none() | st.integers(-BILLION, 30 * BILLION),
            st.none() | st.integers(0, 500 * BILLION),
        ),
        max_size=30,
    )
)
def test_the_chart_of_a_search_stays_on_its_sheet(points) -> None:
    log = [Point(seconds, value, limit) for seconds, value, limit in sorted(points, key=str)]
    chart = gap_chart(log, 60, 120, EN, width=780, height=330)
    for y in (chart.best_y, chart.limit_y, chart.best_label_y, chart.limit_label_y):
        assert y is None or 0 <= y <= chart.height
    assert chart.left <= chart.now_x <= chart.right


def test_the_gap_is_drawn_only_where_both_lines_are_known() -> None:
    only_best = [Point(1, 5 * BILLION, None), Point(2, 6 * BILLION, None)]
    assert gap_chart(only_best, 3, 10, EN, width=780, height=330).between == ""
    both = [*only_best, Point(2.5, 6 * BILLION, 8 * BILLION)]
    assert gap_chart(both, 3, 10, EN, width=780, height=330).between.startswith("M")


def test_a_clock_counts_hours_only_when_there_are_any() -> None:
    assert [clock(one) for one in (0, 59.9, 60, 3725)] == ["0:00", "0:59", "1:00", "1:02:05"]


def test_a_weekday_bar_is_as_tall_as_its_seats() -> None:
    chart = week_chart((50, 100), (0, 1), [(200, "seats", "level")], EN, width=700, height=250)
    low, high = chart.bars
    assert high.height == pytest.approx(2 * low.height, abs=0.2)
    assert chart.levels[0].y < high.y


def test_a_share_is_never_rounded_up_to_the_whole() -> None:
    assert share_of(99_999, 100_000, EN) == "99.9%"
    assert share_of(100_000, 100_000, EN) == "100.0%"


@pytest.mark.parametrize(
    ("target", "kept"),
    [
        ("/plans/1?page=2", True),
        ("//elsewhere.example", False),
        ("https://elsewhere.example/", False),
        ("javascript:alert(1)", False),
        ("/\\elsewhere.example", False),
        ("", False),
    ],
)
def test_one_is_sent_only_to_pages_of_this_site(target, kept) -> None:
    assert local(target) == (target if kept else "/")


def test_markdown_of_the_documentation_becomes_plain_html() -> None:
    page = (
        "# T\n\na **b** `c<d>`\n\n- one\n- two\n\n| h | i |\n|---|---|\n| 1 | 2 |\n\n```\n<x>\n```"
    )
    html = str(html_of(page))
    assert "<strong>b</strong>" in html
    assert "<code>c&lt;d&gt;</code>" in html
    assert "<ul><li>one</li><li>two</li></ul>" in html
    assert "<th>h</th>" in html
    assert "<pre><code>&lt;x&gt;</code></pre>" in html


def test_every_link_of_the_documentation_leads_to_a_page(ani) -> None:
    for page in re.findall(r'href="(/docs/[^"]+)"', ani.get("/docs").text):
        text = ani.get(page).text
        for link in re.findall(r'href="(/docs/[^"#]+)', text):
            assert ani.get(link).status_code == 200, (page, link)


def test_money_at_the_end_of_a_line_never_covers_the_other(solved) -> None:
    chart = gap_chart([Point(1, BILLION, BILLION)], 2, 10, EN, width=358, height=280)
    assert abs(chart.best_label_y - chart.limit_label_y) >= 14
    assert Decimal(str(chart.limit_label_y)) < Decimal(str(chart.best_label_y))


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Date the moves"), ("id", "Jadwalkan pindah")]
)
def test_what_happened_in_a_run_is_told_in_words_not_in_names_of_steps(language, words) -> None:
    at = dt.datetime(2026, 11, 27, 9, tzinfo=dt.UTC)
    run = RunState(
        id="r", kind="plan", estate_id="e", name="P", state="running", step="dates",
        seconds_asked=60, queued_at=at, started_at=at, ended_at=None, log=(), freed=(),
        messages=((0.1, "solve"), (9.0, "dates")), stop_requested=False, plan_id=None,
        problem=None, attempt=1,
    )  # fmt: skip
    speech = speech_of(language, "IDR", "m2")
    page = run_page(run, estate(), None, at, speech)
    assert [text for _time, text in page.said] == [words, speech._("Search")]
    staged = replace(
        run, kind="stages", stages=("2027", "2028"), messages=((0.1, "stage 1 3"), (5, "stage 3 3"))
    )
    page = run_page(staged, estate(), None, at, speech)
    assert [text for _time, text in page.said] == ["2028", speech._("Look ahead")]
