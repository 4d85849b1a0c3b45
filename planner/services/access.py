"""Who acts, and what each role may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from planner.errors import Refused, sentence


class Role(StrEnum):
    """What a person is to an owner; somebody may hold several."""

    ADMINISTRATOR = "administrator"
    PLANNER = "planner"
    FINANCE = "finance"
    VIEWER = "viewer"


class Right(StrEnum):
    """What a role allows."""

    SEE = "see"
    EDIT = "edit"
    PLAN = "plan"
    DECIDE = "decide"
    ADMINISTER = "administer"


RIGHTS: Final[dict[Role, frozenset[Right]]] = {
    Role.ADMINISTRATOR: frozenset({Right.SEE, Right.ADMINISTER}),
    Role.PLANNER: frozenset({Right.SEE, Right.EDIT, Right.PLAN}),
    Role.FINANCE: frozenset({Right.SEE, Right.DECIDE}),
    Role.VIEWER: frozenset({Right.SEE}),
}

_DOING: Final[dict[Right, str]] = {
    Right.SEE: sentence("see this"),
    Right.EDIT: sentence("change the estate"),
    Right.PLAN: sentence("make plans and proposals"),
    Right.DECIDE: sentence("approve proposals or send them back"),
    Right.ADMINISTER: sentence("manage users and settings"),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """A person who is signed in.

    Args:
        id: of the user.
        owner: id of the owner whose data this person sees; no other's.
        owner_name: as pages print it.
        email: what the person signs in with.
        name: as pages print it.
        roles: held with this owner.
        language: `en` or `id`.
        session: changes when the password or the roles change; a sign-in made before is over.
        scopes: what a program that acts for this person may do at most; None for the person.
    """

    id: str
    owner: str
    owner_name: str
    email: str
    name: str
    roles: frozenset[Role]
    language: str
    session: str
    scopes: frozenset[Right] | None = None

    def may(self, right: Right) -> bool:
        """Say whether one of the roles allows this, and the scopes where there are some."""
        if self.scopes is not None and right not in self.scopes:
            return False
        return any(right in RIGHTS[role] for role in self.roles)


def require(actor: Actor, right: Right) -> None:
    """Let an actor pass who may do this.

    Raises:
        Refused: none of the actor's roles allows it, or the token has no scope for it; the
            sentence names those that would.
    """
    if actor.scopes is not None and right not in actor.scopes:
        raise Refused(
            sentence(
                "This token does not let you {doing}; it needs the scope {right}.",
                doing=_DOING[right],
                right=right,
            )
        )
    if not actor.may(right):
        able = " or ".join(role for role, rights in RIGHTS.items() if right in rights)
        raise Refused(
            sentence(
                "Your roles do not let you {doing}; ask somebody with role {able}.",
                doing=_DOING[right],
                able=able,
            )
        )
