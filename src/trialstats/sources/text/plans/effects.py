"""What a design statement was to detect: its effect, with the numbers that say how large."""

from __future__ import annotations

import math
import re

from trialstats.sources.text.plans.forms import (
    AIMS,
    DIFFERENCE,
    FORMS,
    ONE_ARM,
    ONE_CURVE_RATE,
    ONE_MEDIAN,
    ONE_RATE,
    SURVIVAL,
    TWO_ARMS,
)
from trialstats.sources.text.plans.statement import DIGITS, Statement

_TWO = 2
_ALIKE = 0.011
"""By how much a difference of two shares may differ from the one printed beside them."""
_AS_THE_RATIO = 0.12
"""By what share two medians, or rates, may imply another hazard ratio than the one printed, by their rounding."""
_LARGEST_EFFECT = 3.0
"""The largest difference in standard deviations that a trial is designed for; beyond it is a difference itself."""
_UNIT = re.compile(r"[- ]?(month|year|week|day)")
_OF_EVENTS = re.compile(
    r"\bmortality\b|\b(?:death|event|recurrence|relapse|failure|progression) (?:rates?|risk)\b|\bcumulative incidence\b"
)
"""Words of rates that are those with the event: a hazard ratio is not read from them."""
_ARMS_ALIKE = re.compile(
    r"\b(?:no (?:true |real )?difference|both|each|either|identical|equal|same|two (?:groups|arms))\b"
)


def effect_of(found: Statement, design: str | None) -> tuple[str | None, str]:
    """Return the effect of a statement, or None, and its aim; its numbers are taken."""
    aim = aim_of(found.words)
    if aim != "superiority" and "margin" in found.numbers:
        effect = _within(found)
        # One sentence may hold a margin and a difference to show superiority, and one size for both.
        found.doubtful = found.doubtful or "superior" in found.words
        if effect is not None:
            return effect, aim
    found.drop("margin")
    return _effect(found, design), "superiority"


def aim_of(words: str) -> str:
    """Return what a statement says was to be shown, by a name of `PLANNED_AIMS`."""
    return next((name for name, told in AIMS.items() if told.search(words)), "superiority")


def _effect(found: Statement, design: str | None) -> str | None:
    if "ratio" in found.numbers or _reduction(found):
        _curves(found)
        return "hazard-ratio"
    if _by_medians(found) or _by_rates(found):
        return "hazard-ratio"
    if "effect-size" in found.numbers:
        if "sd" in found.numbers and found.value("effect-size") > _LARGEST_EFFECT:
            found.numbers["difference"] = found.numbers.pop("effect-size")
        return "means"
    if "sd" not in found.numbers and found.take_means_with_sds():
        return "means"
    if "sd" in found.numbers:
        return "means" if found.take_pair("means") or _difference(found, per_cent=found.is_share("sd")) else None
    if design is not None and "per-arm" not in found.numbers:
        return "one-proportion" if found.take_pair("one-proportion") or _two_shares(found) else None
    if of_one_arm(found.words) and "per-arm" not in found.numbers:
        if not (found.take_pair("one-proportion") or _two_shares(found)):
            return None
        _lower_first(found)
        return "one-proportion"
    return "proportions" if _two_shares(found) else None


_BAD = re.compile(
    r"\b(?:complication|toxicit|mortality|deaths?\b|relapse|recurrence|failure|infection|adverse|events?\b|bleed|incidence"
    r"|reduc|decreas|lower|fewer)"
)


def of_one_arm(words: str) -> bool:
    """Whether a design holds the rate of one group against a fixed one, and speaks of no second group."""
    return ONE_ARM.search(words) is not None and TWO_ARMS.search(words) is None


def _lower_first(found: Statement) -> None:
    """Take the smaller of two rates for the one of no interest, whichever is told first; of what is bad the larger is.

    Then it is uncertain, and nothing is asked.
    """
    found.doubtful = found.doubtful or _BAD.search(found.words) is not None
    if found.value("first") > found.value("second"):
        numbers = found.numbers
        numbers["first"], numbers["second"] = numbers["second"], numbers["first"]


# ---- Within a margin -------------------------------------------------------------------------------------------------
def _within(found: Statement) -> str | None:
    """Return the effect of a design with a margin: means, a hazard ratio, or two proportions that may be alike."""
    if "ratio" in found.numbers or (found.value("margin") > 1 and not found.is_share("margin") and _of_hazards(found)):
        return "hazard-ratio"
    if "sd" in found.numbers:
        _difference(found, per_cent=found.is_share("sd"))
        return "means"
    if not found.is_share("margin"):
        return None
    if found.take_pair("proportions"):
        return "proportions"
    if found.take("first", ONE_RATE) and found.is_share("first"):
        # Of one rate it must be said that it is that of both arms.
        found.doubtful = found.doubtful or _ARMS_ALIKE.search(found.words) is None
        return "proportions"
    return None


def _of_hazards(found: Statement) -> bool:
    return "hazard" in found.words or bool(re.search(r"\bhrs?\b", found.words))


# ---- Hazard ratios ---------------------------------------------------------------------------------------------------
def _reduction(found: Statement) -> bool:
    return SURVIVAL.search(found.words) is not None and found.take("reduction", FORMS["reduction"])


def _by_medians(found: Statement) -> bool:
    if "median" not in found.words or SURVIVAL.search(found.words) is None or not found.take_pair("medians"):
        return False
    return _with_unit(found)


def _with_unit(found: Statement) -> bool:
    """Give two medians the unit behind them; without one they are none."""
    for name in ("second", "first"):
        if name not in found.numbers:
            continue
        unit = _UNIT.match(found.text, found.numbers[name][1])
        if unit is not None:
            found.units |= {one: f"{unit[1]}s" for one in ("first", "second") if one in found.numbers}
            return True
    found.drop("first", "second")
    return False


def _by_rates(found: Statement) -> bool:
    """Find two survival rates of a design by events or by the log-rank test, which imply a hazard ratio."""
    if _OF_EVENTS.search(found.words) is not None:
        return False
    told = "events" in found.numbers or re.search(r"\blog-?rank\b|\bhazard", found.words) is not None
    if not told or re.search(r"\bsurvival\b|[- ]free\b", found.words) is None or not found.take_pair("proportions"):
        return False
    if found.is_share("second"):
        return True
    found.drop("first", "second")
    return False


def _curves(found: Statement) -> None:
    """Find the medians, or rates, beside a hazard ratio that imply it; what implies another is something else."""
    ratio = found.value("ratio") or 1 - found.value("reduction")
    if "median" in found.words and found.take_pair("medians") and _with_unit(found):
        if _implies(found.value("first") / (found.value("second") or 1), ratio):
            return
        found.drop("first", "second")
    if found.take_pair("proportions"):
        first, second = found.value("first"), found.value("second")
        inside = 0 < first < 1 and 0 < second < 1
        if inside and _implies(math.log(second) / math.log(first), ratio):
            return
        found.drop("first", "second")
    if "median" in found.words and found.take("first", ONE_MEDIAN):
        _with_unit(found)
    elif found.take("first", ONE_CURVE_RATE) and "time" not in found.numbers:
        found.drop("first")
    found.take("event-share", FORMS["event-share"])


def _implies(implied: float, ratio: float) -> bool:
    if min(implied, ratio) <= 0:
        return False
    return abs(abs(math.log(implied)) - abs(math.log(ratio))) < _AS_THE_RATIO  # whichever arm is named first


# ---- Two proportions, and differences --------------------------------------------------------------------------------
def _two_shares(found: Statement) -> bool:
    """Find two proportions: written as a pair, or the only shares that are left over, of the sentence or of all."""
    _difference(found, per_cent=True)
    if found.take_pair("proportions"):
        return True
    for sentences in ([found.anchor], found.window):
        shares = [
            match.span()
            for number in sorted(sentences)
            for match in DIGITS.finditer(found.text, *found.spans[number])
            if found.is_free(*match.span()) and found.with_sign(*match.span()) != match.span()
        ]
        if len(shares) == _TWO:
            found.numbers["first"], found.numbers["second"] = (found.with_sign(*span) for span in shares)
            if not _as_far_apart(found):
                found.drop("first", "second")
                return False
            found.doubtful = found.doubtful or len(sentences) > 1
            return True
        if len(shares) > _TWO:
            return False
    return False


def _as_far_apart(found: Statement) -> bool:
    """Whether two shares are as far apart as the difference beside them, absolute or relative."""
    first, second, gap = (found.value(name) for name in ("first", "second", "difference"))
    if not gap:
        return True
    return min(abs(abs(first - second) - gap), abs(abs(first - second) / (max(first, second) or 1) - gap)) <= _ALIKE


def _difference(found: Statement, *, per_cent: bool) -> bool:
    for match in found.matches(DIFFERENCE):
        if found.is_free(*match.span("n")) and per_cent is (match["unit"] is not None):
            found.numbers["difference"] = found.with_sign(*match.span("n"))
            return True
    return False
