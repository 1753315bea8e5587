"""Find the arm that had the vaccine where a text calls it so: "vaccine recipients", "vaccinees", "the vaccinated"."""

from __future__ import annotations

import re

from trialstats.sources.text.groups.model import Mention
from trialstats.sources.text.names.of_phrases import Arm

_BEFORE = re.compile(
    r"(?:\b(?:of|in|the|all|among|amongst|for|with|to|than|from|v|vs|vs\.|versus|and|by)|[,;:(%0-9])\s?$"
)
_HAD_IT = re.compile(
    r"(?:vaccine (?:recipients|groups?|arms?)|vaccinees|vaccinated(?= (?:groups?|arms?|participants|subjects|children"
    r"|infants|women|men|adults|individuals|people|persons|and)\b|[ ,]*(?:vs\.?|versus)|[.,;)]))"
)
_LACKS = re.compile(r"\b(?:no|non|un|not|without|placebo|saline|delayed|deferred)")


def vaccinated(text: str, arms: list[Arm]) -> list[Mention]:
    """Return where a text speaks of the arm that had the vaccine, of two of which the other had none.

    Parameters
    ----------
    text : str
        In lower case.
    arms : list of Arm
    """
    if len(arms) != 2 or "vaccin" not in text:
        return []
    controls = [number for number, arm in enumerate(arms) if arm.role == "control"]
    if len(controls) != 1:
        return []
    had, lacked = arms[1 - controls[0]], arms[controls[0]]
    if any("vaccin" in name and not _LACKS.match(name) for name in lacked.names) or not _is_vaccine(text, had):
        return []
    return [
        Mention(1 - controls[0], *found.span())
        for found in _HAD_IT.finditer(text)
        if _BEFORE.search(text, max(0, found.start() - 12), found.start())
    ]


def _is_vaccine(text: str, arm: Arm) -> bool:
    """Whether a text says that what an arm had is a vaccine: "the ABC vaccine", "a vaccine, ABC"."""
    if any("vaccin" in name or "immuni" in name for name in arm.names):
        return True
    joined = [f"{joint}{name}" for name in arm.names for joint in ("vaccine ", "vaccine, ", "vaccine (", "vaccines ")]
    return any(words in text for words in [*joined, *(f"{name} vaccin" for name in arm.names)])
