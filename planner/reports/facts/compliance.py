"""The rent rule that holds here: its law, what it makes of the lease, who approves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.reports.facts.sources import source_words
from planner.reports.facts.tables import Cell, Column, Row, Section, Table
from planner.reports.facts.words import rise_words

if TYPE_CHECKING:
    from planner.i18n import Speech
    from planner.reports.facts.scope import Scope


def compliance_section(scope: Scope, speech: Speech) -> Section:
    """Return how the lease keeps to the rent rule, article by article as far as known."""
    rule = scope.dossier.case.values.terms.rule
    tables = [_terms(scope, speech)]
    approvals = rule.approvals()
    if approvals:
        tables.append(
            _list(
                speech._("Who approves, in this order"),
                speech._("Step"),
                [speech.words(one) for one in approvals],
                speech,
            )
        )
    documents = rule.documents(scope.dossier.case.values.terms.deal)
    if documents:
        tables.append(
            _list(
                speech._("What must be attached"),
                speech._("Document"),
                [speech.words(one) for one in documents],
                speech,
            )
        )
    statements = rule.statements(scope.dossier.case.values.terms.deal)
    name = speech.words(rule.name)
    title = (
        speech._("The lease asked for keeps to the rule: %(name)s", name=name)
        if rule.law
        else speech._("No rent rule binds this owner: %(name)s", name=name)
    )
    return Section(
        "compliance",
        speech._("Rent rule"),
        title,
        speech._("Law: %(law)s.", law=source_words(rule.law, speech)) if rule.law else "",
        tuple(tables),
        tuple(speech.words(one) for one in statements),
    )


def _terms(scope: Scope, speech: Speech) -> Table:
    terms = scope.dossier.case.values.terms
    longest = terms.rule.longest_months(terms.deal)
    months = speech.n("%(count)s month", "%(count)s months", terms.deal.months)
    rows: list[Row] = [
        (
            speech._("Term of one lease"),
            months,
            speech._("no limit")
            if longest is None
            else speech._(
                "at most %(limit)s",
                limit=speech.n("%(count)s month", "%(count)s months", longest),
            ),
        ),
        (
            speech._("One payment covers"),
            speech.n("%(count)s month", "%(count)s months", terms.lease.pay),
            speech._("in advance"),
        ),
        (
            speech._("Rent rises"),
            speech._("each year") if terms.lease.escalates == "yearly" else speech._("each term"),
            rise_words(terms, speech) if terms.lease.escalates == "yearly" else "",
        ),
        (
            speech._("Months without rent"),
            speech._("allowed") if terms.lease.rent_free else speech._("not allowed"),
            "",
        ),
    ]
    known = {
        "kind_factor": speech._("Factor of the kind of tenant"),
        "period_factor": speech._("Factor of period and payment"),
    }
    rows += [
        (
            known.get(name, name.replace("_", " ").capitalize()),
            speech.percent(value, 1),
            speech._("multiplies the rent"),
        )
        for name, value in terms.lease.factors
    ]
    if terms.rule.receiver is not None:
        rows.append(
            (speech._("Rent is received by"), speech.words(terms.rule.receiver),
             speech._("see the two ledgers"))
        )  # fmt: skip
    return Table(
        title=speech._("What the rule makes of the lease"),
        columns=(
            Column(speech._("Term")),
            Column(speech._("In this case")),
            Column(speech._("Rule")),
        ),
        rows=tuple(rows),
        note=speech._("A lease that the rule refuses is never priced; this one was not refused."),
    )


def _list(title: str, head: str, items: list[str], speech: Speech) -> Table:
    return Table(
        title=title,
        columns=(Column(speech._("No.")), Column(head)),
        rows=tuple(
            (Cell(speech.number(at), strong=True), item) for at, item in enumerate(items, start=1)
        ),
    )
