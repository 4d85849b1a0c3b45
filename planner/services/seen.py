"""What a person saw when filling in a form of what carries no version: names, roles, the brand."""

from __future__ import annotations

from planner.errors import Conflict, sentence


def refuse_changed(there: str, seen: str | None) -> None:
    """Let nobody overwrite what they have not seen.

    Args:
        there: what stands there now, read in the transaction that changes it.
        seen: what the page showed; None for whoever was shown nothing.

    Raises:
        Conflict: something else stands there.
    """
    if seen is not None and seen != there:
        raise Conflict(
            sentence(
                "Somebody changed this after you opened the page. Nothing of yours was stored; go "
                "back, reload the page, and change it again if you still want to."
            )
        )
