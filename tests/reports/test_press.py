"""What a document refers to: our own fonts are opened, every other address is left alone."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING

import pytest

from planner.paths import static_dir
from planner.reports.press import _locked_fetcher, press

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """Return a port of this host that notes whoever connects."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        over = threading.Event()

        def listen() -> None:
            while not over.is_set():
                try:
                    found, _ = server.accept()
                except TimeoutError:
                    continue
                heard.append(b"somebody")
                found.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield server.getsockname()[1], heard
        over.set()
        thread.join()


def test_a_document_asks_no_address_and_carries_no_file(listener, tmp_path: Path, caplog) -> None:
    port, heard = listener
    secret = tmp_path / "secret.css"
    secret.write_text("p::after { content: 'the words of another file' }")
    places = [f"http://127.0.0.1:{port}/a", f"file://{secret}", f"../../{secret}"]
    asked = "".join(
        f'<img src="{one}"><link rel="stylesheet" href="{one}"><object data="{one}"></object>'
        f'<style>@import "{one}"; p {{ background: url({one}) }}</style>'
        f'<link rel="attachment" href="{one}">'
        for one in places
    )
    caplog.set_level("CRITICAL", "weasyprint")
    page = press(f"<html><body><p>x</p>{asked}</body></html>", identity=b"x")
    bare = press("<html><body><p>x</p></body></html>", identity=b"x")
    assert heard == []
    assert abs(len(page) - len(bare)) < 300


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "http://127.0.0.1/", "https://example.org/", "ftp://example.org/a",
     "{fonts}/../css/base.css", "{fonts}/%2e%2e/css/base.css", "file://host/etc/passwd"],
)  # fmt: skip
def test_nothing_but_a_font_is_opened(url: str) -> None:
    with pytest.raises(ValueError, match="may not load"):
        _locked_fetcher().fetch(url.format(fonts=(static_dir() / "fonts").as_uri()))


def test_a_font_is_opened() -> None:
    sheet = (static_dir() / "fonts" / "fonts.css").as_uri()
    assert _locked_fetcher().fetch(sheet) is not None
