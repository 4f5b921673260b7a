"""Every property there is."""

from __future__ import annotations

from tests.fuzz import form_checker, invariances, parsers, rep_machine, strange
from tests.fuzz.properties import Property

PROPERTIES: dict[str, Property] = {
    each.name: each
    for each in (
        *rep_machine.PROPERTIES,
        *form_checker.PROPERTIES,
        *invariances.PROPERTIES,
        *parsers.PROPERTIES,
        *strange.PROPERTIES,
    )
}
