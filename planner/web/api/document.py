"""The OpenAPI document, drawn from the declared operations."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from pydantic.json_schema import models_json_schema

from planner.services.access import Right
from planner.web.api.operations import OPERATIONS
from planner.web.api.schemas import Error

if TYPE_CHECKING:
    from planner.web.api.operations import Operation

_PART: Final = re.compile(r"<(?:\w+:)?(\w+)>")
_REFUSALS: Final = {
    HTTPStatus.BAD_REQUEST: "The body is no JSON object, or the request cannot be read.",
    HTTPStatus.UNAUTHORIZED: "No token, or one that has expired or was revoked.",
    HTTPStatus.FORBIDDEN: "The token's scopes or its user's roles do not allow it.",
    HTTPStatus.NOT_FOUND: "No such thing, or it belongs to another owner.",
    HTTPStatus.CONFLICT: "It changed meanwhile, or its state does not allow this.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The body is too large.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Something in the request is wrong; nothing was stored.",
    HTTPStatus.TOO_MANY_REQUESTS: "Too many requests; Retry-After says how long to wait.",
    HTTPStatus.SERVICE_UNAVAILABLE: "The database cannot be used now; try again.",
}
_SCOPES: Final = {
    Right.SEE: "read everything of the owner",
    Right.EDIT: "change estates",
    Right.PLAN: "make plans and proposals",
    Right.DECIDE: "approve proposals or send them back",
}
_WORDS: Final = (
    "Everything the pages do, for programs. A token is made under Account, Tokens; send it as "
    "`Authorization: Bearer TOKEN`. It does at most what its scopes and its user's roles allow. A "
    "change names the estate's `version` and is refused with 409 if the estate changed meanwhile. "
    "A POST with an `Idempotency-Key` is done once, however often it is sent within a day. Money "
    "is whole minor units; other decimals in records are text. Scopes: "
    + "; ".join(f"`{scope}`: {words}" for scope, words in _SCOPES.items())
    + "."
)


def openapi(version: str) -> dict[str, Any]:
    """Return the document, OpenAPI 3.1.

    Args:
        version: of the program.
    """
    models = [
        (model, mode)
        for one in OPERATIONS
        for model, mode in (
            (one.body, "validation"),
            (one.answer, "serialization"),
            (one.later, "serialization"),
        )
        if model is not None
    ]
    wanted: Any = [*models, (Error, "serialization")]
    refs, schemas = models_json_schema(
        list(dict.fromkeys(wanted)), ref_template="#/components/schemas/{model}"
    )
    paths: dict[str, dict[str, Any]] = {}
    for one in OPERATIONS:
        path = _PART.sub(r"{\1}", one.path)
        paths.setdefault(path, {})[one.method.lower()] = _described(one, refs)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Office-space monetization planner",
            "version": version,
            "description": _WORDS,
        },
        "servers": [{"url": "/api/v1"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": schemas.get("$defs", {}),
        },
    }


def _described(one: Operation, refs: Any) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operationId": one.name,
        "summary": one.summary,
        "tags": [one.tag],
        "parameters": [*_parts(one), *_query(one), *_key(one)],
        "responses": {str(int(one.status)): _success(one, refs)}
        | {
            str(int(status)): {"description": words, "content": _json(refs[Error, "serialization"])}
            for status, words in _REFUSALS.items()
        },
    }
    if one.later is not None:
        told["responses"][str(int(HTTPStatus.ACCEPTED))] = {
            "description": "A worker takes the file in; `address` says how it stands.",
            "content": _json(refs[one.later, "serialization"]),
        }
    if one.right is None:
        told["security"] = []
    else:
        told["x-scope"] = str(one.right)
    if one.body is not None:
        told["requestBody"] = {"required": True, "content": _json(refs[one.body, "validation"])}
    elif one.sends and one.method == "POST":
        told["requestBody"] = {"required": True, "content": {_ANY_FILE: {"schema": _BYTES}}}
    return told


_ANY_FILE: Final = "application/octet-stream"
_BYTES: Final = {"type": "string", "format": "binary"}


def _success(one: Operation, refs: Any) -> dict[str, Any]:
    if one.answer is not None:
        return {"description": one.summary, "content": _json(refs[one.answer, "serialization"])}
    if one.status == HTTPStatus.NO_CONTENT:
        return {"description": one.summary}
    return {"description": one.summary, "content": {one.sends: {"schema": _schema_of(one)}}}


def _schema_of(one: Operation) -> dict[str, Any]:
    return {"type": "object"} if one.sends == "application/json" else _BYTES


def _json(schema: Any) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _parts(one: Operation) -> list[dict[str, Any]]:
    text = {"type": "string", "minLength": 1, "pattern": "^[^/]+$"}
    return [
        {"name": name, "in": "path", "required": True, "schema": text}
        for name in _PART.findall(one.path)
    ]


def _query(one: Operation) -> list[dict[str, Any]]:
    if one.query is None:
        return []
    found = one.query.model_json_schema()
    needed = found.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in needed, "schema": _bare(schema)}
        | ({"description": schema["description"]} if "description" in schema else {})
        for name, schema in found["properties"].items()
    ]


def _bare(schema: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in schema.items() if key not in {"title", "description"}}


def _key(one: Operation) -> list[dict[str, Any]]:
    if one.method != "POST":
        return []
    schema = {"type": "string", "minLength": 1, "maxLength": 100, "pattern": "^[!-~]+$"}
    words = "Sent again with the same key, the request is not done twice."
    return [{"name": "Idempotency-Key", "in": "header", "schema": schema, "description": words}]
