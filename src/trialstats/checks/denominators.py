"""Several percentages of one arm share one denominator.

Each percentage of an arm must be a whole number of patients over the arm's size. Together they
narrow the denominator: 72, 56, 44, 43 and 39 % are all counts of 54, and of no other number below
60. Where no size is printed we list the sizes that fit. Where the printed size does not fit all of
them we say which rows do not, as rows may miss a patient. An odd rounding at a number of patients
that the text does not print explains nothing: then nothing is said.

Why: Patients drop out of a percentage without the text saying so. Several percentages together tell
what each alone cannot.

Formula:
    for every row i some whole x_i has 100 x_i/n in the range of percentage i,
    with one n for all rows

Agrees: 72, 56 and 43 % in an arm of 54 patients. Consistent: the same in an arm of 55, with one
patient fewer, and where no size is printed, with the sizes that fit. Explained: 41.1, 23.5 and 11.7 % in an
arm of 51, cut off.

Reference: Brown and Heathers (2017) Soc Psychol Personal Sci 8:363-369 (GRIM), applied to several
percentages at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from trialstats.catalogue import Convention
from trialstats.checks.check import Check, Context, sizes_searched
from trialstats.checks.no_plain_count import may_be_of_times
from trialstats.claims.model import Estimate
from trialstats.explanations import Explanation
from trialstats.findings import Details, Finding, Verdict
from trialstats.reported import Reported
from trialstats.search.counts.denominators import nearly_common_denominators
from trialstats.search.counts.one_denominator import OneDenominatorSearch
from trialstats.search.counts.ranges import allow, fitting
from trialstats.wording import convention_words, joined, sentences

_SHOWN = 8
_WORTH_SAYING = 0.05
"""Largest share of other percentages that fit a denominator as well for it to be named."""


def _groups(context: Context) -> Iterator[list[Estimate]]:
    found: dict[tuple[str, ...], list[Estimate]] = defaultdict(list)
    for claim in context.estimates:
        value = claim.value
        if claim.measure != "proportion" or len(claim.arms) != 1 or value is None or claim.role == "design":
            continue
        if claim.x is None and may_be_of_times(context, claim):
            continue
        if value.unit == "%" and value.relation == "=" and claim.n is None and claim.spread is None:
            found[(*claim.arms, claim.population or "", claim.subgroup or "")].append(claim)
    return (group for group in found.values() if len(group) > 1)


def _all_but(values: tuple[Reported, ...], most: int) -> str:
    """Return which denominator most rows agree on, where that says something, and which rows miss patients."""
    found = nearly_common_denominators(values, most, min(2, len(values) - 2)) if len(values) > 2 else ()
    if not found or found[0].chance > _WORTH_SAYING:
        return "A row may miss a patient."
    odd = joined(values[row].text for row in found[0].missed)
    fewer = [str(n) for n in found[0].fewer if n is not None]
    end = f", and counts of {joined(fewer)} print the rest" if len(fewer) == len(found[0].missed) else ""
    return f"All but {odd} are counts of {found[0].n}{end}: a row may miss a patient."


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for group in _groups(context):
        values = tuple(claim.value for claim in group if claim.value is not None)
        # From 1/step patients on every percentage is a count: larger denominators tell nothing but "or more".
        telling = max(round(1 / value.step) for value in values) + _SHOWN
        allowed = allow(context.sizes(group[0]), min(context.n_max(200), telling))
        search = OneDenominatorSearch(values, allowed, context.catalogue)
        stated = [name for name in ("stated", "derived") if name in allowed]
        if any(search.fitting(name, "nearest").size for name in stated):
            verdict = Verdict.REPRODUCED
        elif (
            (best := search.cheapest()) is None
            or (best.allowed == "any" and context.sizes(group[0]))
            or _is_guessed(context, search, best)
        ):
            # An odd rounding and a number of patients that we made up explain nothing together. Complete denominators
            # are an assumption: a row that misses a patient is no inconsistency. A number of patients that the text
            # contradicts explains nothing: a row is of others.
            verdict = Verdict.UNCHECKED
        else:
            # Where no size is printed any number of patients is as good as the text's silence.
            plain = best.ordinary or (not context.sizes(group[0]) and search.plain.size > 0)
            verdict = Verdict.CONSISTENT if plain else Verdict.EXPLAINED
        others = tuple(claim.id for claim in group[1:])
        yield check.finding(group[0], verdict, _details(context, group, search), others=others)


def _is_guessed(context: Context, search: OneDenominatorSearch, best: Explanation | None) -> bool:
    """Whether it takes an odd rounding and a number of patients that the text does not print, both made up by us."""
    if best is None or context.paper.text is None or best.ordinary or search.plain.size:
        return False
    return best.allowed not in ("stated", "derived")


def _details(context: Context, group: list[Estimate], search: OneDenominatorSearch) -> Details:
    values, allowed, plain, best = search.values, search.allowed, search.plain, search.cheapest()
    printed = joined(value.text for value in values)
    arm = context.paper.arm(group[0].arms[0])
    label = arm.label if arm is not None else group[0].arms[0]
    further = len(plain) - _SHOWN
    listed = joined([str(n) for n in plain[:_SHOWN].tolist()], "or")
    rest = f", or of {further} other numbers up to {plain[-1]}" if further > 0 else ""
    sizes = context.sizes(group[0])
    stated = [n for n in sizes if n in plain]
    # How it is rounded belongs to the number where plain rounding prints none of them.
    rounded = "" if best is None or listed else convention_words(Convention(rounding=best.rounding))
    only = "" if best is None else f"{best.n} patients{f', {rounded}' if rounded else ''}"
    more = ""
    if stated:
        others = plain.size - len(stated)
        sentence = f"{printed} ({label}) are all counts of the printed {joined(map(str, stated), 'or')} patients"
        sentence += "." if others else f", and of no other number up to {max(stated)}."
    elif best is None:
        most = max(int(n.max()) for n in allowed.values())
        sentence = f"{printed} ({label}) are not all counts of one number of patients up to {most}."
        if sizes:
            alone: list[bool] = np.any(fitting(values, np.array(list(sizes)), "nearest"), axis=1).tolist()
            odd = joined(value.text for value, fits in zip(values, alone, strict=True) if not fits)
            more = f"No count of {joined(map(str, sizes), 'or')} prints {odd}."
        more = sentences(more, _all_but(values, most))
    elif _is_guessed(context, search, best):
        whole = f"the printed {joined(map(str, sizes), 'or')} patients" if sizes else "one number of patients"
        sentence = f"{printed} ({label}) are not all counts of {whole} under plain rounding; each may have its own."
        more = _all_but(values, max(int(n.max()) for n in allowed.values()))
    elif sizes:
        sentence = f"{printed} ({label}) are not all counts of the printed {joined(map(str, sizes), 'or')} patients" + (
            f"; they are counts of {listed}{rest}." if listed else f" under plain rounding; they are counts of {only}."
        )
    else:
        sizes_words = f"{listed} patients{rest}" if listed else only
        sentence = f"{printed} ({label}) are all counts of {sizes_words}; we read no size of it in the text."
    return Details(
        sentence=sentence,
        more=more,
        reported={"estimate": values[0].text},
        recomputed={"n": joined(map(str, stated), "or") if stated else f"{listed}{rest}"} if listed else {},
        how=f"n = {best.n}{f', {rounded}' if rounded else ''}" if best is not None else "",
        searched={"n": sizes_searched(allowed)},
        explanations=search.explanations(),
    )


CHECK = Check(
    "TS105",
    "several percentages of one arm share one denominator",
    _run,
    about=frozenset({"proportion"}),
    settled_by="how many patients of this arm were assessed",
    serves=("INSPECT-SR 4.6",),
)
