"""Refusals become pages: one mapping of the error tree to statuses, in plain words."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import structlog
from flask import Flask, Response, current_app, g, jsonify, render_template, request, session
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from planner.errors import (
    Conflict,
    CutOff,
    IncompleteInstallation,
    Infeasible,
    InvalidInput,
    NoPlan,
    NotFound,
    PlannerError,
    Refused,
    TooOften,
    Unavailable,
)
from planner.web.access import OPEN, sign_in_again

if TYPE_CHECKING:
    from planner.i18n import Speech

STATUSES: Final[tuple[tuple[type[PlannerError], HTTPStatus], ...]] = (
    (InvalidInput, HTTPStatus.UNPROCESSABLE_ENTITY),
    (NotFound, HTTPStatus.NOT_FOUND),
    (TooOften, HTTPStatus.TOO_MANY_REQUESTS),
    (Refused, HTTPStatus.FORBIDDEN),
    (Conflict, HTTPStatus.CONFLICT),
    (NoPlan, HTTPStatus.UNPROCESSABLE_ENTITY),
    (Unavailable, HTTPStatus.SERVICE_UNAVAILABLE),
    (CutOff, HTTPStatus.SERVICE_UNAVAILABLE),
    (IncompleteInstallation, HTTPStatus.INTERNAL_SERVER_ERROR),
    (PlannerError, HTTPStatus.INTERNAL_SERVER_ERROR),
)
"""Which status each refusal has; the first that fits counts."""

_MB: Final = 2**20
_log = structlog.get_logger(__name__)


def status_of(refusal: PlannerError) -> HTTPStatus:
    """Return the status of a refusal."""
    return next(status for kind, status in STATUSES if isinstance(refusal, kind))


def wants_json() -> bool:
    """Say whether a program asks, rather than a person with a browser."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json" or request.path.startswith("/api/")


def install(app: Flask) -> None:
    """Answer every refusal with a page that says what happened and what to do."""
    app.register_error_handler(PlannerError, _refused)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _defect)


def _refused(refusal: PlannerError) -> tuple[Response | str, int]:
    status = status_of(refusal)
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        return _defect(refusal)
    lines = refusal.reasons if isinstance(refusal, Infeasible) else refusal.lines
    return _answer(status, _title(status), tuple(map(g.speech.say, lines)))


def _stale_form(_refusal: CSRFError) -> Any:
    """Tell that a form is too old; where its session has gone, ask for a sign-in first."""
    if "user" not in session and request.endpoint not in OPEN and not wants_json():
        return sign_in_again()
    _ = g.speech._
    return _answer(
        HTTPStatus.BAD_REQUEST,
        _("This page was open for too long"),
        (_("Nothing was changed. Go back, reload the page and send the form again."),),
    )


def _http(refusal: HTTPException) -> Response | tuple[Response | str, int]:
    code = refusal.code or HTTPStatus.INTERNAL_SERVER_ERROR
    if code < HTTPStatus.BAD_REQUEST:  # a redirect is raised too
        return Response(refusal.get_response().get_data(), code, refusal.get_headers())
    status = HTTPStatus(code)
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return _too_large(g.speech)
    return _answer(status, _title(status), _advice(status, g.speech))


def _too_large(speech: Speech) -> tuple[Response | str, int]:
    """Tell a file beyond the limit from a form with more in it than a form may have."""
    _, status = speech._, HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    limit, sent = current_app.config["MAX_CONTENT_LENGTH"], request.content_length or 0
    if sent <= limit:
        said = _("Nothing was stored. Send fewer rows at a time, or upload a workbook.")
        return _answer(status, _("That form has too much in it"), (said,))
    said = _(
        "Nothing was stored. What is sent at once may have %(limit)s MB, this has %(sent)s MB.",
        limit=speech.number(limit // _MB),
        sent=speech.number(-(-sent // _MB)),
    )
    return _answer(status, _title(status), (said,))


def _defect(_failure: Exception) -> tuple[Response | str, int]:
    """Log a defect in full; tell the reader only the number to quote."""
    _log.exception("defect", path=request.path, request=g.get("request_id", ""))
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return _answer(status, _title(status), _advice(status, g.speech))


def _title(status: HTTPStatus) -> str:
    _ = g.speech._
    titles: dict[HTTPStatus, str] = {
        HTTPStatus.BAD_REQUEST: _("The site could not read that"),
        HTTPStatus.UNAUTHORIZED: _("The site does not know who asks"),
        HTTPStatus.FORBIDDEN: _("You may look at this but not change it"),
        HTTPStatus.NOT_FOUND: _("There is nothing here"),
        HTTPStatus.METHOD_NOT_ALLOWED: _("This page cannot do that"),
        HTTPStatus.CONFLICT: _("This changed meanwhile"),
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: _("That file is too large"),
        HTTPStatus.UNPROCESSABLE_ENTITY: _("Something needs a change"),
        HTTPStatus.TOO_MANY_REQUESTS: _("Too many attempts"),
        HTTPStatus.SERVICE_UNAVAILABLE: _("This cannot be done now"),
    }
    return str(titles.get(status, _("Something broke on our side")))


def _advice(status: HTTPStatus, speech: Speech) -> tuple[str, ...]:
    _ = speech._
    advice = {
        HTTPStatus.BAD_REQUEST: _("Go back and try again. Nothing was changed."),
        HTTPStatus.UNAUTHORIZED: _(
            "Send a token that holds as `Authorization: Bearer TOKEN`; tokens are made under "
            "Account, Tokens."
        ),
        HTTPStatus.FORBIDDEN: _("Ask an administrator of your owner for the role that may."),
        HTTPStatus.NOT_FOUND: _(
            "The address may be mistyped, the thing may have been deleted, or it belongs to "
            "another owner."
        ),
        HTTPStatus.METHOD_NOT_ALLOWED: _("Go back and use the buttons of the page."),
        HTTPStatus.TOO_MANY_REQUESTS: _("Wait a minute, then try again."),
    }
    return (
        advice.get(
            status,
            _(
                "It was written down. Try again; if it happens again, give your administrator this "
                "number: %(number)s.",
                number=g.get("request_id", ""),
            ),
        ),
    )


def _answer(
    status: HTTPStatus, title: str, sentences: tuple[str, ...]
) -> tuple[Response | str, int]:
    if wants_json():
        body = {"error": status.phrase, "message": title, "details": list(sentences)}
        answer = jsonify(body)
        if status == HTTPStatus.UNAUTHORIZED:
            answer.headers["WWW-Authenticate"] = "Bearer"
        return answer, status
    page = render_template(
        "errors/error.html", status=status, title=title, sentences=sentences, again=_again(status)
    )
    return page, status


def _again(status: HTTPStatus) -> list[tuple[str, str]] | None:
    """Return the fields to ask the same again once the site can do it; None where it cannot be.

    Files are not kept, and no password goes into a page. The token of the form goes back as it
    came, so that a foreign page gets none of ours.
    """
    if status != HTTPStatus.SERVICE_UNAVAILABLE:  # of others, the form itself may be what is wrong
        return None
    fields = list(request.form.items(multi=True))
    lost = any(one.filename for one in request.files.values())
    lost = lost or any("password" in name for name, _ in fields)
    return None if lost else fields
