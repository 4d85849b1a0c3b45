"""How an operation is declared: once, for the request, the answer and the OpenAPI document."""

from __future__ import annotations

import functools
import hashlib
import json
from dataclasses import dataclass, field
from decimal import Decimal
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, current_app, g, request
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import BadRequest

from planner.errors import InvalidInput, PlannerError, Problem, sentence
from planner.services import repeats
from planner.services.access import Right, require
from planner.web.access import store
from planner.web.api.asking import identify, me

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST_DIGITS: Final = 40
"""Of a number in a body; the largest amounts have twenty."""

bp = Blueprint("api", __name__, url_prefix="/api/v1")


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation, as the OpenAPI document describes it.

    Args:
        name: unique; also the name of its view.
        method, path: as Flask writes them, below `/api/v1`.
        summary: one line.
        tag: the group it stands in.
        right: the scope that it needs; None for what anybody may read.
        query: its parameters; None for none.
        body: the JSON that it takes; None for none.
        reads: as what the body is read where `body` only describes it; None for as `body`.
        answer: the JSON that it gives; None for a file.
        status: of success.
        later: the JSON that it gives where a worker does it, with status 202; None for never.
        sends: media type of a file that it takes or, without `answer`, gives; "" for JSON.
    """

    name: str
    method: str
    path: str
    summary: str
    tag: str
    right: Right | None
    query: type[BaseModel] | None = None
    body: type[BaseModel] | None = None
    reads: type[BaseModel] | None = None
    answer: type[BaseModel] | None = None
    later: type[BaseModel] | None = None
    status: int = HTTPStatus.OK
    sends: str = ""
    reads_raw: bool = field(default=False)


OPERATIONS: Final[list[Operation]] = []


def operation(
    method: str, path: str, summary: str, *, right: Right | None = Right.SEE, **more: Any
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare a view: it gets the parts of its path, `query` and `body`, each already valid.

    A body with `reads_raw` is only described by its model and comes as the mapping it is:
    the services behind say in their own words what is wrong with a record.
    """

    def declare(view: Callable[..., Any]) -> Callable[..., Any]:
        tag = view.__module__.rpartition(".")[2]
        told = Operation(more.pop("name", view.__name__), method, path, summary, tag, right, **more)
        OPERATIONS.append(told)

        @functools.wraps(view)
        def answer(**parts: Any) -> Response:
            if right is not None:
                identify()
                require(me(), right)
            if told.query is not None:
                parts["query"] = _valid(told.query, request.args.to_dict(), "parameter")
            if told.body is not None:
                given = _json()
                parts["body"] = (
                    given if told.reads_raw else _valid(told.reads or told.body, given, "field")
                )
            return _once(told, functools.partial(view, **parts))

        bp.add_url_rule(path, told.name, answer, methods=[method])
        return view

    return declare


def _json() -> Any:
    """Return the body, an object with every number as it was written.

    Raises:
        BadRequest: no JSON object.
        InvalidInput: a number with more digits than any of ours.
    """
    if not request.is_json:
        raise BadRequest
    try:
        given = json.loads(
            request.get_data(), parse_int=_whole, parse_float=_decimal, parse_constant=_no_number
        )
    except (ValueError, RecursionError):  # no JSON, no Unicode, or nested a thousand deep
        raise BadRequest from None
    if not isinstance(given, dict):
        raise BadRequest
    return given


def _whole(text: str) -> int:
    return int(_sized(text))


def _decimal(text: str) -> int | Decimal:
    """Return a number with all its digits; one without decimals is whole, as in JSON Schema."""
    value = Decimal(_sized(text))
    if value and abs(value.adjusted()) > _MOST_DIGITS:
        raise _odd_number(text)
    return int(value) if value == value.to_integral_value() else value


def _sized(text: str) -> str:
    if len(text) > _MOST_DIGITS:
        raise _odd_number(text)
    return text


def _no_number(text: str) -> None:
    raise _odd_number(text)


def _odd_number(text: str) -> InvalidInput:
    words = sentence(
        "{start}: send numbers of at most {most} digits", start=text[:20], most=_MOST_DIGITS
    )
    return InvalidInput([Problem(sentence("body"), words)])


def _valid(model: type[BaseModel], given: Any, what: str) -> BaseModel:
    """Return the values as the model holds them.

    Raises:
        InvalidInput: every wrong one, by name.
    """
    try:
        return model.model_validate(given)
    except ValidationError as refusal:
        raise InvalidInput(
            Problem(f"{what} {'.'.join(map(str, error['loc'])) or 'body'}", error["msg"])
            for error in refusal.errors(include_url=False, include_context=False)
        ) from None


def _once(told: Operation, work: Callable[[], Any]) -> Response:
    """Do the work; under an Idempotency-Key only the first time, and answer the same each time."""
    key = request.headers.get("Idempotency-Key")
    if key is None or told.method != "POST" or told.right is None:
        return _response(told, work())
    asked = hashlib.sha256(request.full_path.encode() + b"\0" + request.get_data()).hexdigest()
    earlier = repeats.begin(store(), me(), g.token, key, asked)
    if earlier is not None:
        again = Response(earlier.body, earlier.status, content_type="application/json")
        again.headers["Idempotency-Replayed"] = "true"
        return again
    try:
        response = _response(told, work())
    except PlannerError:
        repeats.forget(store(), me(), g.token, key)
        raise
    given = repeats.Answered(response.status_code, response.get_data(as_text=True))
    repeats.answered(store(), me(), g.token, key, given)
    return response


def _response(told: Operation, found: Any) -> Response:
    if isinstance(found, Response):
        return found
    body = found.model_dump(mode="json") if isinstance(found, BaseModel) else found
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    later = told.later is not None and isinstance(found, told.later)
    status = HTTPStatus.ACCEPTED if later else told.status
    return current_app.response_class(text, status, content_type="application/json")
