"""Runs that outlive a page and a worker: a queue in the database, and who works on what."""

from planner.jobs.claims import (
    DRAWING,
    ERRANDS,
    KINDS,
    SEARCHING,
    Claim,
    Lost,
    claim_next,
    finish,
    give_back,
    hand_back,
    hold,
    still_held,
)
from planner.jobs.presence import appear, vanish
from planner.jobs.pulse import Pulse
from planner.jobs.queue import (
    OPEN,
    Asked,
    ask_to_stop,
    asked_before,
    before,
    enqueue,
    refuse_too_many,
    turn_of,
    waiting,
)

__all__ = [
    "DRAWING",
    "ERRANDS",
    "KINDS",
    "OPEN",
    "SEARCHING",
    "Asked",
    "Claim",
    "Lost",
    "Pulse",
    "appear",
    "ask_to_stop",
    "asked_before",
    "before",
    "claim_next",
    "enqueue",
    "finish",
    "give_back",
    "hand_back",
    "hold",
    "refuse_too_many",
    "still_held",
    "turn_of",
    "vanish",
    "waiting",
]
