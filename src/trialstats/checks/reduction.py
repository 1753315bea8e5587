"""A printed reduction is one minus its ratio.

"46 % reduction" beside a hazard ratio of 0.54 must be 1 - 0.54 up to rounding of both, and so must
its bounds, which trade places. The printed ratio was itself rounded, so we accept whatever some ratio
that prints alike would give. Ratio - 1 is the change: an increase beside a ratio above 1, and with its
sign (-46 %) beside one below, where the bounds keep their places. A negative reduction beside a ratio
above 1 is arithmetic too, but explained: a reader may take it for the opposite. A reduction of the ratio
turned over (the other arm first) is explained by that.

Why: The same result is often printed in two ways in one sentence, and one of them is copied later.

Formula:
    reduction = 1 - ratio,  its bounds 1 - upper, 1 - lower
    change = ratio - 1,     its bounds lower - 1, upper - 1
    turned over: 1 - 1/ratio

Agrees: 46 % and 0.54. Asks: 48 % and 0.54.

Reference: none; it is arithmetic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from trialstats.catalogue import Catalogue, Convention
from trialstats.checks.check import Check, Context, not_checked, printed_numbers
from trialstats.claims.model import RATIO_MEASURES, Estimate
from trialstats.explanations import Explanation, Explanations, Words
from trialstats.findings import Details, Finding, Nearest, Verdict
from trialstats.press import print_number
from trialstats.reported import Range, Reported
from trialstats.search.printed import total_cost
from trialstats.wording import MEASURE_WORDS, convention_words


@dataclass(frozen=True, slots=True)
class _Form:
    """How a percentage is made of a ratio: ``sign`` times (ratio - 1), of the ratio or of the ratio turned over."""

    sign: int
    turned: bool

    @property
    def trades(self) -> bool:
        """Whether bounds trade places."""
        return self.sign < 0

    def of(self, values: Range) -> Range | None:
        """Return the percentages that a range of ratios gives."""
        if self.turned:
            if not isinstance(values.lower, Fraction) or not isinstance(values.upper, Fraction) or values.lower <= 0:
                return None
            values = Range(1 / values.upper, 1 / values.lower, values.upper_closed, values.lower_closed)
        lost = values.complement()
        return lost if self.sign < 0 else lost.mirrored()

    def is_usual(self, value: Fraction, ratio: Fraction) -> bool:
        """Return whether the percentage is printed so: as an amount, or as a change with its sign."""
        return not self.turned and (value >= 0 or ratio <= 1 or self.sign > 0)


_REDUCTION, _CHANGE = _Form(-1, False), _Form(1, False)
_FORMS = (_REDUCTION, _CHANGE, _Form(-1, True), _Form(1, True))


@dataclass(frozen=True, slots=True)
class _Reading:
    """A way of making the percentage and its bounds, with the pairs of numbers that belong together under it."""

    form: _Form
    pairs: tuple[tuple[str, Reported, Reported, _Form], ...]


def _readings(reduction: Estimate, ratio: Estimate) -> Iterator[_Reading]:
    assert reduction.value is not None and ratio.value is not None
    own, its = reduction.interval, ratio.interval
    beside = own is not None and its is not None and own.level == its.level
    for form in _FORMS:
        first = ("estimate", reduction.value, ratio.value, form)
        # Bounds may bear the sign of a change beside an amount without one; turned over, the estimate alone tells.
        for of_bounds in (_REDUCTION, _CHANGE) if beside and not form.turned else (form,):
            pairs = [first]
            if own is not None and its is not None and beside and not form.turned:
                other = (its.upper, its.lower) if of_bounds.trades else (its.lower, its.upper)
                for name, mine, from_ in (("lower", own.lower, other[0]), ("upper", own.upper, other[1])):
                    if mine is not None and from_ is not None and not mine.is_missing and not from_.is_missing:
                        pairs.append((name, mine.with_unit(reduction.value.unit), from_, of_bounds))
            yield _Reading(form, tuple(pairs))


def _prints(reading: _Reading, rounding: str) -> bool:
    for _, number, ratio, form in reading.pairs:
        values = form.of(ratio.range(rounding))
        if values is None or values.intersect(number.range(rounding)).is_empty:
            return False
    return True


def _explanations(
    reduction: Estimate, ratio: Estimate, catalogue: Catalogue, *, lowers: bool
) -> Iterator[tuple[Explanation, _Form]]:
    assert reduction.value is not None and ratio.value is not None
    value, of = reduction.value.value, ratio.value.value
    for reading in _readings(reduction, ratio):
        form = reading.form
        if form.turned and (of <= 0 or (of < 1 and lowers)):
            continue  # a reduction by a ratio below 1 is no increase
        alike = len({pair[3] for pair in reading.pairs}) == 1
        for rounding in catalogue.names("rounding"):
            if not _prints(reading, rounding):
                continue
            parts = [("rounding", rounding)] + ([("scale", "reciprocal")] if form.turned else [])
            cost, ordinary = total_cost(catalogue, *parts)
            plain = alike and form.is_usual(value, of)
            changed = form.sign * ((1 / of if form.turned else of) - 1)
            convention = Convention(
                rounding=rounding,
                method="the ratio turned over" if form.turned else None,
                cost=cost + (0.0 if plain else _ODD_BITS),
                ordinary=ordinary and plain,
            )
            odd = None if plain or form.turned else Words((_odd_words(form, alike=alike),))
            yield Explanation(odd, convention, float(changed)), form


_ODD_BITS = 4.0
"""What a sign costs that no reader expects."""


def _odd_words(form: _Form, *, alike: bool) -> str:
    if not alike:
        return "the bounds are changes with their sign and the estimate is not, or the other way round"
    return "a negative reduction is meant, that is an increase" if form.sign < 0 else "the sign is that of a change"


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim, value in context.printed("relative-reduction"):
        if _is_about(context, claim):
            said = not_checked(
                f"the reduction of {value.text}", "the text calls it approximate", {"estimate": value.text}
            )
            yield check.finding(claim, *said)
            continue
        ratios = [one for one in context.members(claim) if one.measure in RATIO_MEASURES and one.value is not None]
        ratios = ratios or _of_the_same(context, claim)
        if len(ratios) != 1 or ratios[0].value is None or ratios[0].value.is_missing:
            reported = {"estimate": value.text}
            said = not_checked(f"the reduction of {value.text}", "no ratio is tied to it", reported)
            yield check.finding(claim, *said)
        else:
            yield check.finding(claim, *_judge(context, claim, ratios[0]), others=(ratios[0].id,))


def _of_the_same(context: Context, claim: Estimate) -> list[Estimate]:
    """Return the ratios of the same outcome, arms, time and patients, where these are typed or stand in cells."""
    if context.paper.text is not None or claim.outcome is None:
        return []
    return [
        one for one in context.estimates
        if one.measure in RATIO_MEASURES and one.value is not None and _of(one) == _of(claim)
        and (one.adjusted == claim.adjusted or claim.adjusted is None)
    ]  # fmt: skip


def _of(one: Estimate) -> tuple[object, ...]:
    return one.outcome, one.arms, one.time, one.population, one.subgroup, one.role


_ABOUT = re.compile(r"(?:\b(?:approximately|about|nearly|almost|roughly|around|some)|[~≈]) ?$", re.IGNORECASE)


def _is_about(context: Context, claim: Estimate) -> bool:
    """Whether the word before a percentage says that it is rounded freely."""
    text, start = context.paper.text, claim.where.start
    return text is not None and start is not None and _ABOUT.search(text, max(0, start - 16), start) is not None


_LOWERS = re.compile(r"\b(?:reduc|decreas|lower|declin|fewer|less)", re.IGNORECASE)
_RAISES = re.compile(r"\b(?:increas|higher|rais|more|greater|improv)", re.IGNORECASE)
_NEAR = 40


def _lowers(context: Context, claim: Estimate) -> bool:
    """Whether the words beside a percentage say that something is reduced, and none that it is increased."""
    text, start, end = context.paper.text, claim.where.start, claim.where.end
    if text is None or start is None or end is None:
        return False
    words = text[max(0, start - _NEAR) : end + _NEAR]
    return _LOWERS.search(words) is not None and _RAISES.search(words) is None


_RELATIVE = re.compile(r"relative|hazard|odds|\b[HO]Rs?\b", re.IGNORECASE)


_OF_THE_RISK = re.compile(
    r" (?:reduction|decrease|increase)s? (?:in|of) (?:the )?(?:[a-z]+ )?(?:risk|rate)"
    r"| (?:higher|lower|increased|reduced) risk",
    re.IGNORECASE,
)
"""A change of the risk is relative; what is reduced by some per cent may be the risk itself."""


def _may_be_absolute(context: Context, claim: Estimate, of: Estimate) -> bool:
    """Whether a percentage may be taken off a risk itself: it is less than the relative change, and no word is against.

    A risk of 20 % that falls by 12 points has a ratio of 0.4; none falls by 40 points with a ratio of 0.75.
    """
    text, start, end = context.paper.text, claim.where.start, claim.where.end
    if text is None or start is None or end is None or claim.value is None or of.value is None:
        return False
    if abs(claim.value.value) >= abs(1 - of.value.value):
        return False
    if _OF_THE_RISK.match(text, end) is not None:
        return False
    return _RELATIVE.search(text, max(0, start - _NEAR), end + _NEAR // 4) is None


def _judge(context: Context, claim: Estimate, of: Estimate) -> tuple[Verdict, Details]:
    assert claim.value is not None and of.value is not None
    value, ratio = claim.value, of.value
    lowers = _lowers(context, claim)
    found = sorted(_explanations(claim, of, context.catalogue, lowers=lowers), key=lambda pair: pair[0].cost)
    best, form = found[0] if found else (None, None)
    # What would be expected: an amount by which the ratio lies below or above 1, or its change with the sign.
    change = form.sign > 0 if form is not None else ratio.value > 1 or value.value < 0
    lost = ratio.value - 1 if change else 1 - ratio.value
    noun = "reduction" if not change else "increase" if value.value >= 0 else "change"
    sum_words = f"{ratio.text} - 1" if change else f"1 - {ratio.text}"
    exact = print_number(lost, value.decimals, value.unit)
    words = f"{MEASURE_WORDS.get(of.measure)} {ratio.text}"
    nearest, more = None, ""
    if best is None:
        absolute = _may_be_absolute(context, claim, of)
        verdict = Verdict.STRAINED if absolute else Verdict.INCONSISTENT
        more = f"It may be an absolute {noun}, which the text does not say." if absolute else ""
        an, of_what = "an" if noun == "increase" else "a", "An" if words.startswith("odds") else "A"
        sentence = f"{of_what} {words} is {an} {noun} of {exact}, and {value.text} is printed."
        if exact == value.text:
            sentence = (
                f"The bounds of the {noun} of {value.text} are not those of {sum_words}, which trade places in a "
                f"reduction, of the {words}."
            )
        steps = abs(float((lost - value.value) / value.step))
        nearest = Nearest(Explanation(estimate=float(lost)), {"estimate": exact}, steps)
    elif best.ordinary:
        verdict, sentence = Verdict.REPRODUCED, f"The {noun} of {value.text} is {sum_words}."
    else:
        verdict = Verdict.EXPLAINED
        only = ", ".join(part for part in (*best.readings, convention_words(best)) if part)
        sentence = f"The {noun} of {value.text} is {sum_words} only if {only}."
    return verdict, Details(
        sentence=sentence,
        more=more,
        reported=printed_numbers(claim, *(name for name, *_ in next(_readings(claim, of)).pairs)),
        recomputed={"estimate": exact},
        how=sum_words,
        searched={
            "roundings": list(context.catalogue.names("rounding")),
            "readings": ["one minus the ratio", "the ratio minus one", "either of the ratio turned over"],
            "catalogue": context.catalogue.version,
        },
        explanations=Explanations.of(one for one, _ in found),
        nearest=nearest,
    )


CHECK = Check(
    "TS204",
    "a printed reduction is one minus its ratio",
    _run,
    about=frozenset({"relative-reduction"}),
    settled_by="the ratio with one more decimal, and from which ratio the reduction was taken",
    serves=("INSPECT-SR 4.10",),
)
