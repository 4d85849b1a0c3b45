"""Documents over the web: every kind, who may have them, and what a version's document says."""

import io

import pytest
from PIL import Image
from pypdf import PdfReader

from planner.services import brands, documents, proposals
from planner.services.documents import KINDS

PICTURE = io.BytesIO()
Image.new("RGBA", (2000, 400), (10, 120, 80, 128)).save(PICTURE, "PNG")
LOGO = PICTURE.getvalue()


def first_of(store, house):
    units, teams = documents.lists_of(store, house.people["ani"], house.plan)
    return {"letting": units[0], "notice": teams[0]}


def test_every_kind_of_document_can_be_had(store, house, client_as):
    client = client_as("budi")
    of = first_of(store, house)
    for kind, known in KINDS.items():
        named = f"&of={of[kind.partition('-')[0]]}" if known.one_of else ""
        answer = client.get(f"/plans/{house.plan}/documents/{kind}?lang=id{named}")
        assert (kind, answer.status_code) == (kind, 200)
        assert answer.mimetype == known.media_type.partition(";")[0]
        assert answer.data[:4] in {b"%PDF", b"PK\x03\x04", b"<!do", b"tim,", b"kode"}, kind


def test_a_page_may_use_its_own_style_and_nothing_else(store, house, client_as):
    of = first_of(store, house)["letting"]
    answer = client_as("budi").get(f"/plans/{house.plan}/documents/letting-page?of={of}")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "style-src 'sha256-" in policy
    assert "script" not in policy


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
