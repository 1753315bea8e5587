"""The words of a report: numbers, coverage, conventions and chances as every form prints them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from trialstats.catalogue.words import method_words
from trialstats.findings import Coverage, PaperConvention
from trialstats.report.evidence_words import evidence_in_words
from trialstats.reported import ROUNDINGS
from trialstats.wording import joined

NOTE = "An unexplained number is a question for the authors, not a judgement of them."
"""The first line of every report."""


def numbers_in_words(numbers: Mapping[str, str]) -> str:
    """Return the numbers of a claim in one line, as a paper would set them.

    Examples
    --------
    >>> numbers_in_words({"estimate": "0.54", "lower": "0.37", "upper": "0.79", "p": "<.001"})
    '0.54 (0.37 to 0.79), P < .001'
    >>> numbers_in_words({"estimate": "25%", "x": "8", "n": "32"})
    '25%, 8 of 32'
    """
    return ", ".join(parts_in_words(numbers))


def parts_in_words(numbers: Mapping[str, str]) -> list[str]:
    """Return the numbers of a claim in parts: an estimate with its interval is one, a P value another."""
    left = {name: text for name, text in numbers.items() if text not in ("", None)}
    parts = []
    value, lower, upper = (left.pop(name, "") for name in ("estimate", "lower", "upper"))
    value = value or left.pop("value", "")
    level = left.pop("level", "")
    if lower or upper:
        label = f"{level}: " if level and level != "95%" else ""
        span = f"{lower} to {upper}" if lower and upper else f"from {lower}" if lower else f"up to {upper}"
        value = f"{value} ({label}{span})".strip()
    unit = left.pop("unit", "")
    if value:
        parts.append(f"{value} {unit}".rstrip() if unit != "%" else value)
    x, n = left.pop("x", ""), left.pop("n", "")
    if x or n:
        parts.append(f"{x} of {n}" if x and n else x or f"n = {n}")
    p = left.pop("p", "")
    if p:
        parts.append(_p_in_words(p))
    parts += [f"{_LABELS.get(name, name)} {text}" for name, text in left.items()]
    return parts


_LABELS = MappingProxyType({"se": "SE", "sd": "SD", "effective_n": "effective n"})


def _p_in_words(p: str) -> str:
    if p[0].isalpha():
        return p
    if p[0] in "<>≤≥=":
        return f"P {p[0]} {p[1:].lstrip()}" if p[1:2] != "=" else f"P {p[:2]} {p[2:].lstrip()}"
    return f"P {p}" if " " in p else f"P = {p}"


def coverage_in_words(coverage: Coverage) -> str:
    """Return the coverage line; of a text it also says how many figures were read at all.

    Examples
    --------
    >>> coverage_in_words(Coverage(27, 20, 7)), coverage_in_words(Coverage(31, 20, 7, read=27))
    ('27 figures printed, 20 checked, 7 not checkable', '31 figures printed, 27 read, 20 checked, 7 not checkable')
    """
    noun = "figure" if coverage.printed == 1 else "figures"
    read = "" if coverage.read is None else f"{coverage.read} read, "
    return f"{coverage.printed} {noun} printed, {read}{coverage.checked} checked, {coverage.unchecked} not checkable"


def convention_in_words(convention: PaperConvention) -> str:
    """Return how a whole paper seems to have been computed and printed, and what speaks for it, without the full stop.

    Examples
    --------
    >>> convention_in_words(PaperConvention(rounding={"percentages": "twice"}, binomial_method="clopper-pearson"))
    'percentages: rounded twice, through one more decimal; intervals of proportions: Clopper-Pearson'
    """
    by_rule: dict[str, list[str]] = {}
    for kind, name in convention.rounding.items():
        by_rule.setdefault(name, []).append("P values" if kind == "p-values" else kind)
    parts = [f"{joined(kinds)}: {ROUNDINGS.get(name, name)}" for name, kinds in by_rule.items()]
    named = (
        ("intervals of proportions", convention.binomial_method and method_words(convention.binomial_method)),
        ("prior", convention.prior),
        ("posterior summarised by its", convention.posterior_point),
        ("Kaplan-Meier intervals", convention.km_transform and f"{convention.km_transform} transform"),
        ("sides of P values", convention.p_sided and ("two-sided" if convention.p_sided == 2 else "one-sided")),
        ("test between two arms", convention.two_arm_test and method_words(convention.two_arm_test)),
    )
    parts += [f"{name} {value}" if name.endswith("its") else f"{name}: {value}" for name, value in named if value]
    arms = [
        f"{arm} {' and '.join(f'{n} {population}' for population, n in sizes.items())}"
        for arm, sizes in convention.denominators.items()
        if sizes
    ]
    if arms:
        parts.append(f"denominators: {', '.join(arms)}")
    return ". ".join(["; ".join(parts) or "none inferred for the paper as a whole", *evidence_in_words(convention)])


def chance_in_words(chance: float | None) -> str:
    """Return what an explanation is worth, as a sentence; empty where it was not computed."""
    if chance is None:
        return ""
    if 0 < chance < 0.01:
        share = "fewer than 1"
    elif 0.99 < chance < 1:
        share = "more than 99"
    else:
        share = f"{100 * chance:.0f}"
    return f"Of the claims that differ from this by one digit, {share} in 100 would have had an explanation as cheap."
