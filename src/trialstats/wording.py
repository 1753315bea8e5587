"""Words and numbers as messages print them: one place, so that every message speaks alike.

The subject of a message is *the printed numbers* or *we*, never the authors.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping

from trialstats.catalogue import Convention
from trialstats.catalogue.words import convention_words as _convention_words
from trialstats.claims.model import Claim, Comparison, Estimate, Paper, Plan, PValue, Spread
from trialstats.explanations import Explanation

INNOCENT_REASONS = (
    "Possible reasons: another method, an adjusted analysis, missing patients, an intermediate table, "
    "an editor's change, or our misreading."
)
MEASURE_WORDS = {
    "hazard-ratio": "hazard ratio",
    "odds-ratio": "odds ratio",
    "risk-ratio": "risk or rate ratio",
    "relative-reduction": "relative reduction",
    "posterior-probability": "posterior probability",
    "survival": "survival rate",
}
_UNIT_WORDS = {"mm hg": "mm Hg", "mmhg": "mm Hg", "cmh": "cm H2O", "kpa": "kPa", "gy": "Gy", "iu": "IU", "mgy": "mGy"}
"""Units that a text read in lower case has lost the capitals of."""


def as_percent(value: float, digits: int = 2) -> str:
    """Return a proportion as a per cent with some digits."""
    return f"{100 * value:.{digits}f}%"


def as_ratio(value: float) -> str:
    """Return a ratio with three significant digits."""
    return f"{value:.3g}"


def as_printed(claim: Estimate) -> str:
    """Return a claim's printed numbers in one line: ``25% (12% to 43%)``."""
    words = claim.value.text if claim.value is not None else ""
    if claim.x is not None:
        fraction = claim.x.text if claim.n is None else f"{claim.x.text}/{claim.n.text}"
        words = f"{fraction} ({words})" if words and claim.measure != "count" else fraction
    words += _spread_words(claim.spread)
    if claim.unit and words and not (claim.value is not None and claim.value.is_missing):
        words += f" {_UNIT_WORDS.get(claim.unit, claim.unit)}"
    if claim.p is not None:
        words += f", {p_words(claim.p)}"
    return words.strip()


def value_and_spread(claim: Estimate) -> str:
    """Return a claim's printed value with its bounds alone: ``0.54 (0.36 to 0.81)``."""
    return f"{claim.value.text if claim.value is not None else ''}{_spread_words(claim.spread)}".strip()


def _spread_words(spread: Spread | None) -> str:
    words = ""
    if spread is None:
        return words
    if spread.lower is not None and spread.upper is not None:
        words = f" ({spread.lower.text} to {spread.upper.text})"
    elif (bound := spread.lower or spread.upper) is not None:
        words = f" ({'lower' if spread.lower is not None else 'upper'} bound {bound.text})"
    if spread.value is not None:
        words += f" ({spread.kind.upper()} {spread.value.text})"
    return words


def p_words(p: PValue) -> str:
    """Return a P value with its relation: ``P < .001``; ``P = NS`` where it was printed so."""
    if not any(character.isdigit() for character in p.value.text):
        return "P = NS"
    relation = {"=": "=", "<": "<", ">": ">", "<=": "≤", ">=": "≥"}[p.value.relation]
    if p.value.unit:
        return f"P {relation} {p.value.digits}{p.value.unit}"
    digits = p.value.digits.removeprefix("0") if p.value.digits.startswith("0.") else p.value.digits
    return f"P {relation} {digits}"


def p_range(span: tuple[float, float]) -> str:
    """Return a range of P values, each with two significant digits."""
    low, high = (_p_number(p) for p in span)
    if span[0] <= 0 < span[1]:
        return f"at most {high}"
    return low if low == high else f"{low} to {high}"


def _p_number(p: float) -> str:
    if p < 1e-6:
        return f"{p:.0e}" if p > 0 else "less than 1e-300"
    digits = max(2, 1 - math.floor(math.log10(p)))
    return f"{p:.{min(digits, 7)}f}".removeprefix("0")


def as_range(low: float, high: float, digits: int = 3) -> str:
    """Return a range of numbers; one number where both print alike, and its one end where the other is open."""
    if math.isinf(high) or math.isinf(low):
        finite = low if math.isinf(high) else high
        return f"at {'least' if math.isinf(high) else 'most'} {finite:.{digits}f}" if math.isfinite(finite) else "any"
    first, last = f"{low:.{digits}f}", f"{high:.{digits}f}"
    return first if first == last else f"{first} to {last}"


def count_words(one: Explanation) -> str:
    """Return an explanation's counts: ``8 of 32``."""
    return f"{one.x} of {one.n}"


def planned_words(plan: Plan) -> str:
    """Return what a trial was to detect: ``a hazard ratio of 0.64``, ``30% v 45%``.

    Examples
    --------
    >>> from trialstats.reported import Reported
    >>> numbers = {"difference": Reported("5"), "sd": Reported("12")}
    >>> planned_words(Plan(id="p", effect="means", numbers=numbers))
    'a difference of 5 with a standard deviation of 12'
    """
    shown = {name: number.text for name, number in plan.numbers.items()}
    if plan.aim != "superiority" and "margin" in shown:
        return _within_words(plan.effect, plan.aim, shown)
    if "ratio" in shown and plan.effect == "hazard-ratio":
        return f"a hazard ratio of {shown['ratio']}"
    if "reduction" in shown and plan.effect == "hazard-ratio":
        return f"a reduction of the hazard by {shown['reduction']}"
    if "effect-size" in shown:
        return f"a difference of {shown['effect-size']} standard deviations"
    what = f"{shown['first']} v {shown['second']}" if {"first", "second"} <= shown.keys() else "an effect"
    if plan.effect == "means":
        what = f"a difference of {shown['difference']}" if "difference" in shown else f"means of {what}"
        sds = " and ".join(shown[name] for name in ("sd", "second-sd") if name in shown)
        return f"{what} with a standard deviation of {sds or 'unknown size'}"
    return what


def _within_words(effect: str, aim: str, shown: Mapping[str, str]) -> str:
    """Return what a trial was to show within a margin."""
    what = f"{aim} by a margin of {shown['margin']}"
    if effect == "means":
        more = f" and an expected difference of {shown['difference']}" if "difference" in shown else ""
        return f"{what} with a standard deviation of {shown.get('sd', 'unknown size')}{more}"
    rates = [shown[name] for name in ("first", "second") if name in shown]
    return f"{what} of {' v '.join(rates)}" if rates and effect == "proportions" else what


def joined(words: Iterable[str], last: str = "and") -> str:
    """Return words as a list in prose."""
    found = list(words)
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} {last} {found[-1]}" if found else ""


def begun(words: str) -> str:
    """Return words with a capital, as a sentence begins."""
    return words[:1].upper() + words[1:]


def sentences(*parts: str) -> str:
    """Return sentences as a text; empty ones are left out."""
    return " ".join(part for part in parts if part)


_SHOWN_SHARE = 0.01


def convention_words(one: Explanation | Convention) -> str:
    """Return how an explanation was computed and printed: ``Clopper-Pearson, rounded twice, through one more decimal``.

    Examples
    --------
    >>> convention_words(Convention(method="wilson", rounding="truncated"))
    'Wilson, cut off instead of rounded'
    """
    if isinstance(one, Convention):
        return _convention_words(one)
    words = [_convention_words(one.convention, events=one.x if one.n is None else None)]
    if one.draws is not None:
        share = one.probability or 0.0
        often = f"{100 * share:.0f}%" if share >= _SHOWN_SHARE else "fewer than 1%"
        words.append(f"{one.draws:,} posterior draws, which print so in {often} of runs")
    return ", ".join(filter(None, words))


def assumption_words(claim: Claim, parts: Iterable[str]) -> str:
    """Return what we took for granted of a claim; see `claims.trust.assumed`.

    Examples
    --------
    >>> assumption_words(Estimate(id="c1", measure="odds-ratio"), ("measure",))
    'We read it as an odds ratio, which the text does not say at this place.'
    """
    said = []
    for part in parts:
        if part == "measure" and isinstance(claim, Estimate):
            words = MEASURE_WORDS.get(claim.measure, claim.measure)
            said.append(f"as {'an' if words[0] in 'aeiou' else 'a'} {words}")
        elif part == "level" and isinstance(claim, Estimate) and claim.interval and claim.interval.level:
            said.append(f"with a level of {claim.interval.level.text}")
    return f"We read it {' and '.join(said)}, which the text does not say at this place." if said else ""


def label_words(paper: Paper, claim: Claim) -> str:
    """Return what a claim is about: ``objective response at 6 months, paclitaxel alone``."""
    if isinstance(claim, Comparison):
        about = claim.outcome or next(
            (one.outcome for one in paper.claims if isinstance(one, Estimate) and one.id in claim.of and one.outcome),
            "",
        )
        return f"{about}, comparison".removeprefix(", ")
    arms = [arm.label if (arm := paper.arm(name)) is not None else name for name in claim.arms]
    measure = MEASURE_WORDS.get(claim.measure, "" if claim.measure in ("proportion", "other") else claim.measure)
    when = claim.time if claim.time is None or claim.time[:1].isalpha() else f"at {claim.time}"
    about = " ".join(part for part in (claim.outcome, when) if part)
    return ", ".join(part for part in (about, measure, " v ".join(arms)) if part)


_PATIENTS_TEXT = (
    "patients participants subjects women men children adults infants volunteers individuals people persons cases "
    "controls survivors girls boys responders smokers athletes nurses students males females recipients veterans "
    "newborns adolescents residents mothers pregnancies was is has does vs versus us this"
)
_PATIENTS = frozenset(_PATIENTS_TEXT.split())
_COUNTED_NOUN = re.compile(r"(?:[0-9] |^[a-z-]+ )(?:[a-z-]+ ){0,2}?([a-z]+s)\b(?=[ ,]*[(\[])", re.IGNORECASE)


def patients(claim: Claim, number: int | None) -> str:
    """Return `` patients`` or `` patient``, or nothing where the claim's own words count something else.

    Examples
    --------
    >>> from trialstats.claims.model import Place
    >>> claim = Estimate(id="c1", measure="proportion", where=Place(quote="7 of 30 trials (23%)"))
    >>> patients(claim, 30), patients(Estimate(id="c2", measure="proportion"), 1)
    ('', ' patient')
    """
    noun = _COUNTED_NOUN.search(claim.where.quote or "")
    if noun is not None and noun[1].lower() not in _PATIENTS:
        return ""
    return " patient" if number == 1 else " patients"
