"""Attendance files by the API: looked at, stored once and whole, refused by row."""

from planner.services import estates
from tests.web.test_api import api, token

__all__ = ["api", "token"]

DAYS = b"date,team,present\n2026-11-02,T1,5\n2026-11-03,T1,6\n2026-11-03,X9,3\n"


def send_days(api, house, headers, data, **query):
    where = f"/api/v1/estates/{house.estate}/attendance/file"
    return api.post(where, query_string=query, data=data, headers=headers, content_type="text/csv")


def test_a_file_of_days_is_looked_at_and_stored_once_with_its_report(api, house, token, store):
    headers = token("ani", "edit")
    looked = send_days(api, house, headers, DAYS).get_json()
    assert (looked["team_days"], looked["stored"], looked["version"]) == (3, 0, None)
    assert looked["unknown"] == ["X9"]
    version = estates.get_estate(store, house.people["ani"], house.estate).version
    stored = send_days(api, house, headers, DAYS, version=version).get_json()
    assert (stored["stored"], stored["version"]) == (2, version + 1)
    again = send_days(api, house, headers, DAYS, version=version + 1)
    assert again.status_code == 409
    assert "stored already" in again.text


def test_a_file_with_a_bad_row_is_told_by_row_and_nothing_of_it_is_stored(api, house, token, store):
    headers, bad = token("ani", "edit"), DAYS + b"1905-07-17,T1,5\n2026-11-04,T1,-5\n"
    looked = send_days(api, house, headers, bad).get_json()
    assert [one["row"] for one in looked["refused"]] == [5, 6]
    before = estates.get_estate(store, house.people["ani"], house.estate)
    refused = send_days(api, house, headers, bad, version=before.version)
    assert refused.status_code == 422
    assert "row 5" in refused.text
    assert "row 6" in refused.text
    after = estates.get_estate(store, house.people["ani"], house.estate)
    assert (after.version, after.estate.hash) == (before.version, before.estate.hash)


def test_what_a_file_cannot_tell_may_be_said_and_is_asked_for(api, house, token):
    headers = token("ani", "edit")
    utc = b"person,team,time,result\n1,T1,2026-11-02T01:00:00Z,granted\n"
    assert "Asia/Jakarta" in send_days(api, house, headers, utc).text
    told = send_days(api, house, headers, utc, timezone="Asia/Jakarta").get_json()
    assert (told["kind"], told["first_day"]) == ("badges", "2026-11-02")
