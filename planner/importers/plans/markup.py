"""XML of strangers: no document type, no entities, nothing fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from planner.errors import ImportRefused
from planner.sentences import N_, told

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element


def read_xml(path: Path) -> Element:
    """Return the root of an XML file.

    Raises:
        ImportRefused: it has a document type or entities, is cut short or no sound XML.
    """
    try:
        root: Any = fromstring(path.read_bytes(), forbid_dtd=True)
    except DefusedXmlException:
        raise ImportRefused(
            told(
                N_(
                    "{file} has a document type (DTD) or entities, which may fetch or "
                    "swell; save it without the line <!DOCTYPE …>."
                ),
                file=path.name,
            )
        ) from None
    except (ParseError, LookupError, ValueError) as refusal:
        raise ImportRefused(
            told(
                N_("{file} is no sound XML or is cut short ({refusal}); export it again."),
                file=path.name,
                refusal=refusal,
            )
        ) from None
    element: Element = root
    return element


def plain_tag(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rsplit("}", 1)[-1]
