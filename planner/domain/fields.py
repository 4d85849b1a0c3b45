"""How a field says what it is: one declaration feeds table, form, workbook and API."""

import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args, get_origin

import annotated_types
from pydantic import StringConstraints
from pydantic.fields import FieldInfo
from sqlmodel import SQLModel

Words = tuple[str, str]
"""The same words in English and in Indonesian."""


@dataclass(frozen=True, slots=True)
class About:
    """What people need to know of a field, in both languages.

    Args:
        label: the name on forms and above workbook columns.
        help: one sentence: what to enter and why it matters.
        unit: `m2`, `people`, `seats`, `share` (0 to 1), `money`, `money/m2/month`, ... or "".
        example: a value that a user would recognise.
        choices: for a closed set, each value with its words.
    """

    label: Words
    help: Words
    unit: str = ""
    example: str = ""
    choices: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Column:
    """One declared field, as forms, tables and workbooks see it."""

    name: str
    type: type
    required: bool
    default: Any
    least: Decimal | None
    most: Decimal | None
    decimals: int | None
    about: About

    @property
    def choices(self) -> tuple[str, ...]:
        """Return the values of a closed set, empty for an open one."""
        return tuple(self.about.choices)


Code = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f/]+$"
    ),
]
"""A short name unique in its sheet; no slash, as that joins a floor and its unit."""

Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=400, pattern=r"^[^\x00-\x08\x0b-\x1f]*$"),
]
"""Free words; no control characters, since neither XML nor a PDF can hold them."""

Listing = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=4000, pattern=r"^[^\x00-\x08\x0b-\x1f]*$"),
]
"""Several things in one text, parted by semicolons."""


def _plain_type(annotation: Any) -> type:
    """Return the type behind Annotated, Optional and Literal."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _plain_type(get_args(annotation)[0])
    if origin is Literal:
        return str
    if origin in {typing.Union, types.UnionType}:
        inner = [arg for arg in get_args(annotation) if arg is not type(None)]
        return _plain_type(inner[0])
    return typing.cast("type", annotation)


def _metadata(info: FieldInfo) -> list[Any]:
    """Return all annotations of a field, those inside an Optional too."""
    found = list(info.metadata)
    if get_origin(info.annotation) in {typing.Union, types.UnionType}:
        for arg in get_args(info.annotation):
            for item in get_args(arg)[1:] if get_origin(arg) is Annotated else ():
                found += item.metadata if isinstance(item, FieldInfo) else [item]
    return found


def columns(model: type[SQLModel]) -> tuple[Column, ...]:
    """Return the declared fields of a record in their order.

    Raises:
        TypeError: a field without `About`, always our defect.
    """
    return tuple(_column(name, info) for name, info in model.model_fields.items())


def _column(name: str, info: FieldInfo) -> Column:
    found = _metadata(info)
    about = next((item for item in found if isinstance(item, About)), None)
    if about is None:
        msg = f"field {name} has no About"
        raise TypeError(msg)
    least = next((item.ge for item in found if isinstance(item, annotated_types.Ge)), None)
    most = next((item.le for item in found if isinstance(item, annotated_types.Le)), None)
    places = (getattr(item, "decimal_places", None) for item in found)
    return Column(
        name=name,
        type=_plain_type(info.annotation),
        required=info.is_required(),
        default=None if info.is_required() else info.get_default(),
        least=None if least is None else Decimal(str(least)),
        most=None if most is None else Decimal(str(most)),
        decimals=next((count for count in places if count is not None), None),
        about=about,
    )


def tags(text: str) -> frozenset[str]:
    """Return the features named in a comma-separated list.

    >>> sorted(tags("secure, public_access"))
    ['public_access', 'secure']
    """
    return frozenset(tag.strip() for tag in text.split(",") if tag.strip())
