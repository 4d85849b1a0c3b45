"""A database that is gone or full: a clear page, nothing lost, nothing told that is no one's."""

import pytest
from sqlalchemy import event, text

from planner.db.engine import open_engine
from planner.db.store import Store
from planner.errors import Unavailable
from planner.services import estates
from planner.settings import load_settings
from planner.web.app import create_app
from tests.factories import small_estate


@pytest.mark.parametrize(
    ("language", "said"), [("en", "it does not answer"), ("id", "tidak menjawab")]
)
def test_a_database_that_is_gone_is_told_without_its_address(tmp_path, language, said):
    gone = Store(open_engine("postgresql+psycopg://keeper@127.0.0.1:9/planner?connect_timeout=2"))
    app = create_app(load_settings({"PLANNER_DATA_DIR": str(tmp_path)}), gone)
    answer = app.test_client().get("/sign-in", headers={"Accept-Language": language})
    assert answer.status_code == 503
    assert said in answer.text
    assert "127.0.0.1" not in answer.text
    assert "keeper" not in answer.text


def fill(store, actor):
    for at in range(40):
        estates.add_estate(store, actor, small_estate(f"Estate {at}"))


def test_a_full_disk_is_told_and_what_was_there_stays(house, store):
    ani = house.people["ani"]
    before = estates.list_estates(store, ani)

    def full(connection, _record):
        connection.execute("PRAGMA max_page_count=1")  # as many as there are

    store.engine.dispose()
    event.listen(store.engine, "connect", full)
    with pytest.raises(Unavailable, match="its disk is full"):
        fill(store, ani)
    event.remove(store.engine, "connect", full)
    store.engine.dispose()
    with store.engine.connect() as connection:
        assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    assert {one.id for one in estates.list_estates(store, ani)} >= {one.id for one in before}
