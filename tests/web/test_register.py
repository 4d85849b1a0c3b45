"""The register says who set a figure and when."""

from planner.domain.assumptions import register_of
from planner.services import estates


def test_a_changed_figure_says_who_set_it_and_when(client_as, store, house):
    client = client_as("ani")
    at = f"/estates/{house.estate}/assumptions"
    assert "set by Ani" not in client.get(at).get_data(as_text=True)
    stored = estates.get_estate(store, house.people["ani"], house.estate)
    entry = register_of(stored.estate).entry("void_months")
    typed = {
        "key": "void_months",
        "value": "7",
        "source": "letting agent",
        "date": "2026-11-20",
        "confidence": entry.confidence,
        "version": str(stored.version),
    }
    assert client.post(f"{at}/void_months", data=typed).status_code == 303
    page = client_as("budi").get(at).get_data(as_text=True)
    assert (
        "set by Ani Planner, 24\u00a0Nov\u00a02026" in page or "set by Ani Planner, 24 Nov" in page
    )
    assert client_as("citra").get(at).status_code == 404


def test_sources_of_our_own_are_said_in_the_reader_s_language(client_as, store, house):
    client = client_as("budi")
    at = f"/estates/{house.estate}/assumptions"
    assert "planner default, a choice to be reviewed" in client.get(at).text
    client.post("/language", data={"language": "id", "next": at})
    page = client.get(at).text
    assert "planner default" not in page
    assert "planner default" not in client.get(f"{at}/void_months").text
