"""Documents over the web: every kind, who may have them, and what a version's document says."""

import datetime as dt
import hashlib
import io
import re
from base64 import b64encode
from html import escape

import pytest
from PIL import Image
from pypdf import PdfReader

from planner.jobs import DRAWING
from planner.services import brands, documents, proposals
from planner.services.documents import KINDS
from planner.web.views.documents import _page_policy
from planner.worker import Ending, work

PICTURE = io.BytesIO()
Image.new("RGBA", (2000, 400), (10, 120, 80, 128)).save(PICTURE, "PNG")
LOGO = PICTURE.getvalue()


STALE = dt.timedelta(seconds=20)


def had(client, store, address):
    """Return the answer to an address once a worker has made what it asks for."""
    answer = client.get(address)
    if answer.status_code == 303:
        work(store, "w1", STALE, Ending(), until_idle=True, kinds=DRAWING)
        answer = client.get(address)
    return answer


def first_of(store, house):
    units, teams = documents.lists_of(store, house.people["ani"], house.plan)
    return {"letting": next(iter(units)), "notice": next(iter(teams))}


def test_every_kind_of_document_can_be_had(store, house, client_as):
    client = client_as("budi")
    of = first_of(store, house)
    for kind, known in KINDS.items():
        named = f"&of={of[kind.partition('-')[0]]}" if known.one_of else ""
        answer = had(client, store, f"/plans/{house.plan}/documents/{kind}?lang=id{named}")
        assert (kind, answer.status_code) == (kind, 200)
        assert answer.mimetype == known.media_type.partition(";")[0]
        assert answer.data[:4] in {b"%PDF", b"PK\x03\x04", b"<!do", b"tim,", b"kode"}, kind


def test_a_page_may_use_its_own_style_and_nothing_else(store, house, client_as):
    of = first_of(store, house)["letting"]
    client = client_as("budi")
    answer = had(client, store, f"/plans/{house.plan}/documents/letting-page?of={of}")
    policy = answer.headers["Content-Security-Policy"]
    styles = re.findall("<style>(.*?)</style>", answer.text, re.DOTALL)
    assert [len(styles), "data:font/woff2" in styles[0]] == [1, True]
    digest = b64encode(hashlib.sha256(styles[0].encode()).digest()).decode()
    assert policy.split("; ")[:4] == [
        "default-src 'none'",
        f"style-src 'sha256-{digest}'",
        "font-src data:",
        "img-src data:",
    ]
    assert "script" not in policy


def test_no_name_on_a_page_allows_itself_a_style():
    evil = "<style>body{display:none}</style>"
    page = f"<title>{escape(evil)}</title><style>ours</style></head><body>{evil}</body>"
    assert _page_policy(page.encode()).count("sha256-") == 1


@pytest.mark.parametrize("kind", ["letting", "notice"])
def test_a_document_of_nothing_is_not_found(house, client_as, kind):
    client = client_as("ani")
    assert client.get(f"/plans/{house.plan}/documents/{kind}?of=Z9").status_code == 404
    assert client.get(f"/plans/{house.plan}/documents/passwd").status_code == 404


def test_a_version_carries_its_number_its_author_and_the_day_it_was_submitted(store, house):
    found = documents.version_document(
        store, house.people["sari"], house.proposal, 1, "one-page", "en"
    )
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(found.data)).pages)
    assert "24 Nov 2026" in text or "24 November 2026" in text
    assert house.proposal[:6].upper() in text


def test_a_submitted_version_stays_the_same_file_whatever_comes_after(store, house):
    ani, sari = house.people["ani"], house.people["sari"]
    before = documents.version_document(store, ani, house.proposal, 1, "one-page", "en")
    proposals.approve(store, sari, house.proposal, 1, "Agreed")
    again = documents.version_document(store, ani, house.proposal, 1, "one-page", "en")
    assert again.hash == before.hash


def test_the_next_version_says_in_words_what_it_changes(store, house, client_as):
    ani, sari = house.people["ani"], house.people["sari"]
    proposals.send_back(store, sari, house.proposal, 1, "Look again")
    proposals.revise(store, ani, house.proposal, house.plan)
    page = client_as("sari").get(f"/proposals/{house.proposal}").text
    assert "What version 2 changes" in page
    assert "Nothing that the documents say has changed." in page


def test_a_logo_is_drawn_anew_and_stands_on_documents(store, house):
    ani = house.people["ani"]
    plain = documents.plan_document(store, ani, house.plan, "one-page", "en")
    brand = brands.set_brand(store, ani, "#7a1f1f", (LOGO, "logo.png"))
    with Image.open(io.BytesIO(brand.logo)) as drawn:
        assert drawn.mode == "RGB"
        assert drawn.width <= 720
    branded = documents.plan_document(store, ani, house.plan, "one-page", "en")
    assert branded.hash != plain.hash
    assert PdfReader(io.BytesIO(branded.data)).pages[0].images
    brands.set_brand(store, ani, "", without_logo=True)
    assert brands.get_brand(store, ani).logo == b""


def test_a_colour_that_cannot_be_read_on_white_is_kept_off_documents(house, client_as, store):
    client = client_as("ani")
    answer = client.post("/admin/brand", data={"colour": "#F0B429"}, follow_redirects=True)
    assert "has a contrast of 1.9 on white" in answer.text
    assert brands.get_brand(store, house.people["ani"]).ink == ""


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"colour": "red"}, "is no colour"),
        ({"colour": "", "logo": (io.BytesIO(b"<svg onload='x'/>"), "logo.svg")}, "no picture"),
        ({"colour": "", "logo": (io.BytesIO(LOGO[:200]), "logo.png")}, "no picture"),
    ],
)
def test_what_is_no_colour_or_no_picture_is_refused_and_nothing_kept(
    house, client_as, store, form, sentence
):
    answer = client_as("ani").post("/admin/brand", data=form, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert sentence in answer.text
    assert brands.get_brand(store, house.people["ani"]).logo == b""


def test_only_an_administrator_sets_logo_and_colour(client_as):
    assert client_as("sari").post("/admin/brand", data={"colour": "#000000"}).status_code == 403


JSON = {"Accept": "application/json, */*;q=0.5"}


def without_tokens(answer) -> str:
    """Return a page without the tokens of its forms, which hold the second."""
    return re.sub(r'name="csrf_token"[^>]*', "", answer.text)


def test_who_asks_without_scripts_waits_on_a_page_that_loses_nothing(store, house, client_as):
    client = client_as("budi")
    asked = client.get(f"/plans/{house.plan}/documents/utilisation?lang=en")
    assert asked.status_code == 303
    waiting = client.get(asked.location)
    assert "Utilisation by building: waiting" in waiting.text
    assert "Waiting for a worker to take it up." in waiting.text
    assert without_tokens(client.get(asked.location)) == without_tokens(waiting)
    assert "utilisation.pdf" in client.get("/proposals").text  # the bell has it
    work(store, "w1", STALE, Ending(), until_idle=True, kinds=DRAWING)
    done = client.get(asked.location)
    assert "Utilisation by building: ready" in done.text
    assert client.get(f"/plans/{house.plan}/documents/utilisation?lang=en").data[:4] == b"%PDF"


def test_a_page_that_was_waited_for_opens_by_itself(store, house, client_as):
    client = client_as("budi")
    asked = client.get(f"/plans/{house.plan}/documents/utilisation-page?lang=en")
    work(store, "w1", STALE, Ending(), until_idle=True, kinds=DRAWING)
    live = client.get(asked.location + "/live", headers={"HX-Request": "true"})
    assert client.get(live.headers["HX-Redirect"]).mimetype == "text/html"
    assert client.get(asked.location).status_code == 302


def test_a_script_is_told_the_step_and_then_where_the_file_is(store, house, client_as):
    client = client_as("budi")
    address = f"/plans/{house.plan}/documents/utilisation?lang=id"
    asked = client.get(address, headers=JSON)
    assert asked.status_code == 202
    assert client.get(asked.json["live"], headers=JSON).json["said"] == (
        "Waiting for a worker to take it up."
    )
    work(store, "w1", STALE, Ending(), until_idle=True, kinds=DRAWING)
    ended = client.get(asked.json["live"], headers=JSON)
    assert (ended.status_code, ended.json["state"]) == (200, "done")
    assert client.get(ended.json["file"], headers=JSON).data[:4] == b"%PDF"


def test_an_order_is_nobody_elses(house, client_as):
    asked = client_as("budi").get(f"/plans/{house.plan}/documents/utilisation")
    for address in (asked.location, asked.location + "/live"):
        assert client_as("citra").get(address).status_code == 404
