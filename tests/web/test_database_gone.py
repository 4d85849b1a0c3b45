"""A database that is gone or full: a clear page, nothing lost, nothing told that is no one's."""

import io
import re

import pytest
from sqlalchemy import event, text

from planner.db.engine import open_engine
from planner.db.store import Store
from planner.errors import Unavailable
from planner.jobs import vanish
from planner.services import estates
from planner.settings import Settings, load_settings
from planner.web.app import create_app
from tests.factories import small_estate


@pytest.fixture
def gone(tmp_path):
    store = Store(open_engine("postgresql+psycopg://keeper@127.0.0.1:9/planner?connect_timeout=2"))
    app = create_app(load_settings({"PLANNER_DATA_DIR": str(tmp_path)}), store)
    client = app.test_client()
    with client.session_transaction() as session:
        session["user"], session["stamp"] = "u1", "s1"
    return client


@pytest.mark.parametrize(
    ("language", "said"), [("en", "it does not answer"), ("id", "tidak menjawab")]
)
def test_a_database_that_is_gone_is_told_without_its_address(gone, language, said):
    answer = gone.get("/sign-in", headers={"Accept-Language": language})
    assert answer.status_code == 503
    assert said in answer.text
    assert "127.0.0.1" not in answer.text
    assert "keeper" not in answer.text


def forms_of(page):
    found = re.findall(r'<form method="post">(.*?)</form>', page.text, re.DOTALL)
    return [re.findall(r'name="([^"]*)" value="([^"]*)"', one) for one in found]


def typed(gone, **fields):
    gone.application.config["WTF_CSRF_ENABLED"] = "csrf_token" in fields
    return gone.post("/estates/e1/data/teams/edit?key=T1", data=fields)


def test_what_was_typed_is_kept_in_the_page_to_be_sent_again(gone):
    answer = typed(gone, name='Finance "A" <b>', version="3", role=["planner", "viewer"])
    assert answer.status_code == 503
    kept = [("name", "Finance &#34;A&#34; &lt;b&gt;"), ("version", "3"),
            ("role", "planner"), ("role", "viewer")]  # fmt: skip
    assert forms_of(answer) == [kept]


@pytest.mark.parametrize("secret", ["password", "new_password"])
def test_no_password_is_kept_in_a_page(gone, secret):
    answer = typed(gone, name="Ani", **{secret: "a long secret of hers"})
    assert answer.status_code == 503
    assert forms_of(answer) == []
    assert "a long secret of hers" not in answer.text
    assert "Go back and send them again" in answer.text


def test_a_file_is_not_said_to_be_kept(gone):
    answer = typed(gone, note="x", file=(io.BytesIO(b"x"), "days.csv"))
    assert forms_of(answer) == []
    assert "Go back and send them again" in answer.text


def test_a_foreign_form_is_refused_before_anything_of_it_is_kept(gone):
    answer = typed(gone, name="planted", csrf_token="made up")
    assert answer.status_code == 400
    assert "planted" not in answer.text


def test_a_page_that_could_not_be_read_is_asked_again_where_it_is(gone):
    answer = gone.get("//elsewhere.example/estates")
    assert "elsewhere.example" not in re.sub(r'name="next"[^>]*', "", answer.text)
    assert '<a class="btn p" href="">' in gone.get("/estates").text


def test_a_worker_ends_quietly_while_the_database_is_gone(gone):
    vanish(gone.application.extensions["store"], "w1")


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


class _Asked(Exception):
    """Stands for the server: what it would have been asked."""


def _asked_of(url):
    engine = open_engine(url)

    @event.listens_for(engine, "do_connect")
    def catch(_dialect, _record, _positional, named):
        raise _Asked(named)

    with pytest.raises(_Asked) as asked, engine.connect():
        pass
    return asked.value.args[0]


def test_a_server_that_lost_its_power_is_given_up_before_a_worker_counts_as_dead():
    asked = _asked_of("postgresql+psycopg://planner@10.0.0.10/planner")
    idle, often, times = (asked[f"keepalives_{name}"] for name in ("idle", "interval", "count"))
    patience = Settings.model_fields["worker_stale_seconds"].default
    assert idle + often * times < patience
    assert asked["tcp_user_timeout"] < 1000 * patience
    assert asked["connect_timeout"] < patience
    for name in ("tcp_keepalives_idle=5", "tcp_keepalives_interval=3", "tcp_user_timeout=14000"):
        assert f"-c {name}" in asked["options"]


def test_what_the_url_says_of_patience_comes_first():
    asked = _asked_of("postgresql://planner@db/planner?connect_timeout=9&options=-c%20x.y%3D1")
    assert (asked["connect_timeout"], asked["options"]) == ("9", "-c x.y=1")
