"""Which of two values is the control's, by the words for their arms."""

from __future__ import annotations

import re
from dataclasses import replace

from trialstats.checks.arm_values import Pair, known_arms
from trialstats.checks.check import Context, both_bounds
from trialstats.claims.model import Estimate

_EDGE = re.compile(
    r"[()\[\],;:.]|\b(?:v|vs|versus|and|compared|than|or|but|while|whereas"
    r"|(?:in )?favou?r(?:ed|s|ing)?)\b",
    re.IGNORECASE,
)
_CONTROL = re.compile(
    r"\b(?:placebo|controls?|observation(?: only)?|observed|sham|untreated|usual[- ]care"
    r"|no (?:treatment|further|adjuvant|maintenance|intervention|therapy)|without"
    r"|(?:(?:best|usual|supportive|standard)[- ]){1,2}care|standard (?:treatment|therapy|chemotherapy|arm|group)"
    r"|standard-of-care|conventional (?:treatment|therapy|care)|waiting[- ]list)\b",
    re.IGNORECASE,
)
_CHEMOTHERAPY = re.compile(r"\bchemotherapy\b", re.IGNORECASE)
_AIMED = re.compile(r"\w{3}(?:mab|nib|lib|rib|tecan|vedotin|leucel|degib|toclax)\b", re.IGNORECASE)
"""Drugs that are tried against chemotherapy, by the ends of their names."""
_ALONE = re.compile(r"\b(?:alone|only)\b", re.IGNORECASE)
_ADDED = re.compile(r"\b(?:plus|with|added|addition|combin\w*|and|in addition|also)\b|\+", re.IGNORECASE)
_REACH = 110


def with_control_last(context: Context, ratio: Estimate, pair: Pair) -> Pair:
    """Return two values in the order of a ratio that lies on one side of 1 with its interval: that of the arm on trial.

    Of 95 such hazard ratios of medians, rates or shares in 2,500 abstracts, whose words tell which value is the
    control's, none of the same outcome is that of the control over the arm on trial. Of those above 1 only the words
    right beside both values are believed, and only where the control is told last.

    Parameters
    ----------
    context : Context
    ratio : Estimate
    pair : Pair
    """
    bounds = both_bounds(ratio.interval)
    if pair.ordered or bounds is None or bounds[0].range().lower <= 1 <= bounds[1].range().upper:
        return pair
    above = bounds[0].range().lower > 1
    control = control_beside(context, pair) if above else control_of(context, pair.first, pair.second)
    if control is None or (above and control is not _told_last(pair)):
        return pair  # "40% with placebo and 18% with tea (HR 2.1)" is that of placebo
    return replace(pair, first=pair.second if control is pair.first else pair.first, second=control, ordered=True)


def _told_last(pair: Pair) -> Estimate:
    return max(pair.first, pair.second, key=lambda one: one.where.start or 0)


def control_beside(context: Context, pair: Pair) -> Estimate | None:
    """Return the one of two values that the words right behind both, or before both, call a control's."""
    for one, other in _names(context, pair.first, pair.second):
        told = [_CONTROL.search(words) is not None for words in (one, other)]
        if one and other and told[0] != told[1]:
            return pair.first if told[0] else pair.second
    return None


def control_of(context: Context, first: Estimate, second: Estimate) -> Estimate | None:
    """Return the one of two values that is the control's: placebo, observation, or one drug alone beside more.

    Parameters
    ----------
    context : Context
    first, second : Estimate
        Values of two arms.
    """
    for one, other in _names(context, first, second):
        if one and other and (found := _of_names(one, other, first, second)) is not None:
            return found
    # Arms whose names stand elsewhere are believed where they stand in the usual order only.
    labels = [_label(context, one) for one in (first, second)]
    if all(labels) and _of_names(labels[0], labels[1], first, second) is second:
        return second
    roles = [_role(context, one) for one in (first, second)]
    return second if roles == ["experimental", "control"] else None


def _of_names(one: str, other: str, first: Estimate, second: Estimate) -> Estimate | None:
    """Return the one of two values whose name is the control's."""
    is_control = [_CONTROL.search(words) is not None for words in (one, other)]
    if is_control[0] != is_control[1]:
        return first if is_control[0] else second
    for words, against, control in ((one, other, first), (other, one, second)):
        if _ALONE.search(words) and not _ALONE.search(against) and _ADDED.search(against):
            return control
        if _ALSO.search(against) and not _ALSO.search(words):
            return control
        if _MONOTHERAPY.search(words) and _COMBINED.search(against):
            return control
        if _CHEMOTHERAPY.search(words) and _AIMED.search(against) and not _CHEMOTHERAPY.search(against):
            return None if _AIMED.search(words) else control
    return None


def _role(context: Context, one: Estimate) -> str | None:
    """Return whether the text calls the known arm of a value experimental or the control."""
    arms = known_arms(one)
    arm = context.paper.arm(arms[0]) if len(arms) == 1 else None
    return arm.role if arm is not None else None


def _names(context: Context, first: Estimate, second: Estimate) -> list[tuple[str, str]]:
    """Return what stands behind both values, in brackets there, and before both."""
    text = context.paper.text
    if text is None or any(one.where.start is None or one.where.end is None for one in (first, second)):
        return []
    sides = [words_around(text, one) for one in (first, second)]
    inside = [
        found["words"] if (found := _IN_BRACKETS.match(text, one.where.end or 0)) else "" for one in (first, second)
    ]
    return [
        (sides[0][1], sides[1][1]),
        (inside[0], inside[1]),
        (sides[0][0], sides[1][0]),
    ]


def _label(context: Context, one: Estimate) -> str:
    """Return what the known arm of a value is called."""
    arms = known_arms(one)
    arm = context.paper.arm(arms[0]) if len(arms) == 1 else None
    return arm.label if arm is not None else ""


_IN_BRACKETS = re.compile(
    r"[ %]{0,2}(?:months?|years?|weeks?|days?|hours?)? ?[(\[](?P<words>[A-Za-z][^()\[\]0-9]{2,50})[)\]]"
)
"""The arm behind a value: "14 months (tea) and 9 months (milk)"."""
_ALSO = re.compile(r"\b(?:also|in addition|additionally)\b", re.IGNORECASE)
"""Before what only the arm on trial had: "of those who also had tea"."""
_MONOTHERAPY = re.compile(r"\bmonotherapy\b", re.IGNORECASE)
_COMBINED = re.compile(r"\bcombin\w*|\bplus\b|\+", re.IGNORECASE)


def words_around(text: str, one: Estimate) -> tuple[str, str]:
    """Return the words right before and right behind a value, within its part of the sentence."""
    start, end = one.where.start or 0, one.where.end or 0
    before = text[max(0, start - _REACH) : start].rstrip(" ,:(")
    behind = text[end : end + _REACH].lstrip(" (")
    edges = list(_EDGE.finditer(before))
    edge = _EDGE.search(behind)
    return before[edges[-1].end() :] if edges else before, behind[: edge.start()] if edge else behind
