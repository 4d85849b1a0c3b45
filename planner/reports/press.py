"""HTML to PDF: fonts from our own folder, nothing from anywhere else, the same bytes again."""

from __future__ import annotations

import datetime as dt
import logging
import re
import warnings
from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal
from urllib.parse import unquote, urlsplit

from planner.paths import static_dir
from planner.reports.lettering import set_words_whole

if TYPE_CHECKING:
    from collections.abc import Sequence

Variant = Literal["plain", "archive", "accessible"]
"""plain; PDF/A-3a, tagged and with files attached; PDF/UA-1, tagged."""

_PDF_VARIANT: Final = {"plain": None, "archive": "pdf/a-3a", "accessible": "pdf/ua-1"}


def as_images(html: str) -> str:
    """Return a document whose drawings stand as images with a text in their place.

    WeasyPrint works out the style of every mark of an inline drawing; of an image's it does
    not, which takes a fifth less time for the same page.
    """
    return _SVG.sub(_image, html)


def _image(found: re.Match[str]) -> str:
    drawn = found[0]
    size = _SIZE.search(drawn)
    if size is None:
        return drawn
    title = _TITLE.search(drawn)
    alt = title[1].replace('"', "&quot;") if title else ""
    data = b64encode(drawn.encode()).decode()
    return (
        f'<img class="{found[1]}" style="width:{size[1]};height:{size[2]}" alt="{alt}" '
        f'src="data:image/svg+xml;base64,{data}">'
    )


_SVG: Final = re.compile(r'<svg xmlns="[^"]*" class="(\w+)".*?</svg>', re.DOTALL)
_SIZE: Final = re.compile(r'width="([\d.]+mm)" height="([\d.]+mm)"')
_TITLE: Final = re.compile(r"<title[^>]*>([^<]*)</title>")
_IMAGES: Final = ("data:image/svg+xml;base64,", "data:image/png;base64,")
"""Drawings and the owner's logo, which stand in the document itself."""


def press(
    html: str,
    *,
    identity: bytes,
    variant: Variant = "plain",
    attachments: Sequence[tuple[str, bytes, str]] = (),
) -> bytes:
    """Return a PDF.

    Args:
        html: a whole document; it may refer to `fonts/...` and to nothing else.
        identity: what makes this document itself; becomes the file's identifier.
        variant: see `Variant`.
        attachments: name, bytes and description of each file to carry along.

    Raises:
        RuntimeError: the document is not one that WeasyPrint can set, always our defect.
    """
    from weasyprint import HTML  # noqa: PLC0415  half a second to import
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415  half a second to import

    set_words_whole()
    # WeasyPrint reports what it cannot do to this logger; tests turn a word into a failure.
    document = HTML(
        string=as_images(html), base_url=f"{static_dir().as_uri()}/", url_fetcher=_locked_fetcher()
    )
    with warnings.catch_warnings():
        # WeasyPrint 70 leaves the file of its colour profile to the garbage collector.
        warnings.filterwarnings("ignore", "unclosed file .*icc", ResourceWarning)
        return bytes(
            document.write_pdf(
                font_config=FontConfiguration(),
                pdf_identifier=identity,
                pdf_variant=_PDF_VARIANT[variant],
                pdf_tags=variant != "plain",
                custom_metadata=False,
                attachments=[_attachment(*one) for one in attachments] or None,
            )
        )


@cache
def _locked_fetcher() -> Any:
    """Return a fetcher that opens our own fonts and refuses every other address."""
    from weasyprint.urls import URLFetcher  # noqa: PLC0415  half a second to import

    class Locked(URLFetcher):  # type: ignore[misc]
        """Opens files in the fonts folder only."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            """Return a font file.

            Raises:
                ValueError: any other address; WeasyPrint then goes on without it.
            """
            if url.startswith(_IMAGES):
                return super().fetch(url, headers)
            parts = urlsplit(url)
            allowed = (static_dir() / "fonts").resolve()
            path = Path(unquote(parts.path)).resolve()
            if parts.scheme != "file" or not path.is_relative_to(allowed):
                raise ValueError(f"documents may not load {parts.scheme}: addresses like this one")
            return super().fetch(url, headers)

    return Locked(allowed_protocols={"file", "data"}, allow_redirects=False)


def _attachment(name: str, content: bytes, description: str) -> Any:
    from weasyprint import Attachment  # noqa: PLC0415  half a second to import

    moment = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)  # never the clock's: same input, same bytes
    return Attachment(
        string=content,
        name=name,
        description=description,
        created=moment,
        modified=moment,
        relationship="Source",
    )


WARNINGS: Final = logging.getLogger("weasyprint")
"""Where WeasyPrint says what it left out."""
