"""The scenarios by name: those that ship, and those drawn when a test or a person asks."""

from __future__ import annotations

from mannequin.catalogue import hanging, lying, plank, running, standing
from mannequin.scenario import Scenario

SHIPPED: tuple[Scenario, ...] = (
    standing.SHIPPED + lying.SHIPPED + plank.SHIPPED + hanging.SHIPPED + running.SHIPPED
)
ON_DEMAND: tuple[Scenario, ...] = (
    standing.ON_DEMAND + lying.ON_DEMAND + plank.ON_DEMAND + hanging.ON_DEMAND + running.ON_DEMAND
)

SCENARIOS: dict[str, Scenario] = {scenario.name: scenario for scenario in SHIPPED + ON_DEMAND}
