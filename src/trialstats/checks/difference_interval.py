"""A difference and its interval belong together.

A Wald or t interval for a difference of means, of coefficients or of proportions is estimate ± a
half-width: the estimate is the mean of its bounds, up to rounding. A reduction printed without its
sign is mirrored first. For two proportions whose counts are printed, or follow from percentages and
arm sizes, every method for a difference of proportions is tried: most are not symmetric. Where no
count is known only order and symmetry can be judged, and an estimate off centre is explained by such
a method or a bootstrap, never left as a question while it lies in its interval. A crude difference
that does not print beside printed counts may be adjusted: then it is shown, not judged. Coefficients,
rates and estimates of an unnamed measure are accepted if they are central on the natural or the log
scale, and left unchecked if not.

Why: Differences are printed with and without sign, as percentages or points, and their bounds trade
places when the arms do.

Formula:
    Wald or t:  2 estimate = lower + upper
    proportions: every method for x1/n1 - x2/n2 of the menu, see the method reference

Agrees: -2.0 (-3.1 to -0.9). Explained: 19% (0.4% to 36%), off centre.

Reference: Newcombe (1998) Stat Med 17:873-890; Miettinen and Nurminen (1985) Stat Med 4:213-226.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import islice, product
from typing import Any

from trialstats.checks.check import Check, Context, level_of, printed_numbers
from trialstats.claims.model import Estimate
from trialstats.explanations import Block, Explanation, Explanations
from trialstats.findings import Finding, Verdict
from trialstats.reported import GUARD, Reported
from trialstats.search.means import grim
from trialstats.search.printed import PrintedInterval, total_cost
from trialstats.search.ratios.polygon import ratio_region
from trialstats.wording import INNOCENT_REASONS, as_percent, as_printed, as_range, method_words

__all__ = ["CHECK", "arm_sizes", "is_symmetric", "mirrored", "printed_difference"]

_MOST_TABLES = 2000
_Table = tuple[int, int, int, int, str]


def mirrored(number: Reported) -> Reported:
    """Return a printed number with its sign turned."""
    digits = number.digits.removeprefix("-") if number.digits.startswith("-") else f"-{number.digits}"
    return Reported(f"{digits}{number.unit}")


def printed_difference(claim: Estimate) -> tuple[PrintedInterval, bool] | None:
    """Return a difference with both bounds, the estimate turned to the bounds' sign, and whether it was turned."""
    spread, value = claim.interval, claim.value
    if spread is None or value is None or value.is_missing or value.relation != "=":
        return None
    if spread.lower is None or spread.upper is None or spread.lower.is_missing or spread.upper.is_missing:
        return None
    lower, upper = (bound.with_unit(value.unit) for bound in (spread.lower, spread.upper))
    turn = value.value != 0 and (
        (value.value > 0 and upper.value < 0) or (value.value < 0 and lower.value > 0)
    )  # fmt: skip
    return PrintedInterval(mirrored(value) if turn else value, lower, upper), turn


def arm_sizes(context: Context, claim: Estimate) -> tuple[int, int] | None:
    """Return the largest printed size of each of a claim's two arms."""
    if len(claim.arms) != 2:
        return None
    found = [max(context.sizes(Estimate(id="", measure=claim.measure, arms=(arm,))), default=0) for arm in claim.arms]
    return (found[0], found[1]) if all(found) else None


def _symmetric(context: Context, printed: PrintedInterval, level: float) -> Iterator[Explanation]:
    """Yield the explanations as estimate ± z SE on the natural scale, by rounding, cheapest first."""
    for rounding in context.catalogue.names("rounding"):
        if is_symmetric(printed, level, rounding):
            region = ratio_region(printed, scale="identity", level=level, rounding=rounding)
            cost, ordinary = total_cost(context.catalogue, ("rounding", rounding))
            yield Explanation(cost=cost, ordinary=ordinary, rounding=rounding, scale="identity",
                              centre=region.centre, se=region.se)  # fmt: skip


def _tables(context: Context, claim: Estimate) -> list[_Table]:
    """Return the 2 x 2 tables that the two arms' printed proportions allow, with the class of their denominators."""
    arms = context.beside(claim, "proportion")
    if arms is None:
        return []
    each = []
    for one in arms:
        assert one.value is not None
        x, n = (number.whole if number is not None else None for number in (one.x, one.n))
        sizes = {n: "stated"} if n else context.sizes(one)
        each.append(
            [(count, size, how) for size, how in sizes.items()
             for count in ([x] if x is not None else grim(one.value.with_unit("%"), size)) if 0 <= count <= size]
            if one.value.relation == "=" and not one.value.is_missing else []
        )  # fmt: skip
    pairs = islice(product(*each), _MOST_TABLES)
    return [(x1, n1, x2, n2, "stated" if how1 == how2 == "stated" else "derived")
            for (x1, n1, how1), (x2, n2, how2) in pairs]  # fmt: skip


def _by_counts(context: Context, printed: PrintedInterval, level: float, tables: list[_Table]) -> list[Explanation]:
    """Return the tables and methods that print estimate and bounds, cheapest first."""
    from trialstats.intervals.two_sample import DIFFERENCE_METHODS, difference_interval

    if not tables:
        return []
    x1, n1, x2, n2 = ([table[k] for table in tables] for k in range(4))
    found = []
    ranges = {rounding: [number.range(rounding) for _, number in printed.parts]
              for rounding in context.catalogue.names("rounding")}  # fmt: skip
    for method in DIFFERENCE_METHODS:
        limits = difference_interval(x1, n1, x2, n2, level=level, method=method)
        for k, (a, b, c, d, how) in enumerate(tables):
            values = (a / b - c / d, float(limits.lower[k]), float(limits.upper[k]))
            for rounding, spans in ranges.items():
                if all(span.admits(value) for span, value in zip(spans, values, strict=True)):
                    parts = ("difference-method", method), ("rounding", rounding), ("allowed-n", how)
                    cost, ordinary = total_cost(context.catalogue, *parts)
                    found.append(Explanation(
                        cost=cost, ordinary=ordinary, allowed=how, x=a, n=b, x2=c, n2=d, method=method,
                        rounding=rounding, level=level, estimate=values[0], lower=values[1], upper=values[2],
                    ))  # fmt: skip
    return sorted(found, key=lambda one: one.cost)


def is_symmetric(printed: PrintedInterval, level: float, rounding: str) -> bool:
    """Return whether an estimate and both bounds can be estimate ± z SE on the natural scale.

    Floats decide unless the estimate's range touches that of the middle, or bounds are out of order; then the polygon.
    """
    assert printed.estimate is not None and printed.lower is not None and printed.upper is not None
    (e0, e1), (l0, l1), (u0, u1) = (
        number.float_range(rounding) for number in (printed.estimate, printed.lower, printed.upper)
    )
    below, above = e1 - (l0 + u0) / 2, (l1 + u1) / 2 - e0
    near = 100 * GUARD * max(1.0, abs(e0), abs(e1), abs(l0), abs(u1))
    if l1 < u0 and abs(below) > near and abs(above) > near:
        return below > 0 and above > 0
    return bool(ratio_region(printed, scale="identity", level=level, rounding=rounding))


def _scales(printed: PrintedInterval) -> tuple[str, ...]:
    numbers = (printed.estimate, printed.lower, printed.upper)
    return ("identity", "log") if all(number is not None and number.value > 0 for number in numbers) else ("identity",)


def _unnamed(check: Check, claim: Estimate) -> Iterator[Finding]:
    """Judge an estimate of an unknown kind by its centre alone."""
    read = printed_difference(claim)
    if read is None:
        return
    printed, level = read[0], level_of(claim.interval)
    central = is_symmetric(printed, level, "nearest") or (
        "log" in _scales(printed) and bool(ratio_region(printed, level=level))
    )
    yield Finding.later(
        partial(_details_of_unnamed, claim, printed, level),
        claim=claim.id,
        check=check.name,
        code=check.code,
        verdict=Verdict.CONSISTENT if central else Verdict.UNCHECKED,
        where=claim.where,
    )


def _details_of_unnamed(claim: Estimate, printed: PrintedInterval, level: float) -> Mapping[str, Any]:
    scales = _scales(printed)
    regions = {scale: region for scale in scales if (region := ratio_region(printed, scale=scale, level=level))}
    shown = as_printed(claim)
    found = [Explanation(cost=0.0, scale=scale, rounding="nearest", centre=region.centre, se=region.se)
             for scale, region in regions.items()]  # fmt: skip
    names = {"identity": "natural", "log": "log"}
    where = " and the ".join(names[scale] for scale in regions)
    message = (
        f"The printed {shown} is the centre of its interval on the {where} scale, within rounding."
        if regions
        else f"We did not judge {shown}: it is central on neither the natural nor the log scale, and the text does not "
        "say what it is."
    )
    return {
        "message": message,
        "reported": printed_numbers(claim),
        "recomputed": {"se": as_range(*next(iter(regions.values())).se)} if regions else {},
        "how": f"symmetric on the {where} scale" if regions else "",
        "searched": {"scales": list(scales)},
        "explanations": Explanations(lambda: [Block.single(one) for one in found]),
    }


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim in context.estimates:
        if claim.measure in ("other", "rate") and claim.interval is not None:
            yield from _unnamed(check, claim)
            continue
        if claim.measure != "difference" or (read := printed_difference(claim)) is None:
            continue
        level = level_of(claim.interval)
        tables = _tables(context, claim)
        counted = _by_counts(context, read[0], level, tables)
        # The rounding rules come cheapest first: the first that fits is the verdict's.
        roundings = context.catalogue.names("rounding")
        fitting = next((rounding for rounding in roundings if is_symmetric(read[0], level, rounding)), None)
        if counted:
            verdict = Verdict.REPRODUCED if counted[0].ordinary else Verdict.EXPLAINED
        elif fitting is not None:
            usual = context.catalogue.is_ordinary("rounding", fitting)
            verdict = Verdict.CONSISTENT if usual else Verdict.EXPLAINED
        elif tables:
            unadjusted = claim.adjusted is False and len(tables) == 1
            verdict = Verdict.INCONSISTENT if unadjusted else Verdict.UNCHECKED
        else:
            verdict = Verdict.EXPLAINED
        yield Finding.later(
            partial(_details, context, claim, *read, tables, counted),
            claim=claim.id,
            others=tuple(one.id for one in context.beside(claim, "proportion") or ()) if tables else (),
            check=check.name,
            code=check.code,
            verdict=verdict,
            where=claim.where,
        )


def _details(
    context: Context,
    claim: Estimate,
    printed: PrintedInterval,
    turned: bool,
    tables: list[_Table],
    counted: list[Explanation],
) -> Mapping[str, Any]:
    level = level_of(claim.interval)
    symmetric = next(_symmetric(context, printed, level), None)
    shown = as_printed(claim)
    sign = " It is printed without its sign; we read it with the sign of its bounds." if turned else ""
    recomputed: dict[str, str] = {}
    crude = ""
    if tables and not counted:
        low, high = min(a / b - c / d for a, b, c, d, _ in tables), max(a / b - c / d for a, b, c, d, _ in tables)
        crude = f" The crude difference of the printed proportions is {as_percent(low)}" + (
            f" to {as_percent(high)}" if high > low else ""
        )
    unadjusted = claim.adjusted is False and len(tables) == 1
    if counted:
        best = counted[0]
        assert best.estimate is not None and best.lower is not None and best.upper is not None
        recomputed = {"estimate": as_percent(best.estimate), "lower": as_percent(best.lower),
                      "upper": as_percent(best.upper)}  # fmt: skip
        message = f"{shown} is {best.x}/{best.n} less {best.x2}/{best.n2}: {method_words(best.method or '')}."
        how = f"{best.x}/{best.n} v {best.x2}/{best.n2}, {method_words(best.method or '')}"
    elif crude and unadjusted and symmetric is None:
        how = ""
        message = f"No method for a difference of proportions prints {shown}.{crude}. {INNOCENT_REASONS}"
    elif symmetric is not None:
        best = symmetric
        assert best.se is not None
        recomputed = {"se": as_range(*best.se)}
        message = f"The printed difference {shown} is the centre of its interval: standard error {recomputed['se']}"
        message += f"{_by_t(context, claim, best, level)}." + (f"{crude}; it may be adjusted." if crude else "")
        how = "symmetric on the natural scale"
    elif crude:
        how = ""
        message = f"We did not judge {shown}: no method prints it from the counts.{crude}; it may be adjusted."
    else:
        how = "an asymmetric method"
        message = (
            f"The printed difference {shown} is not the centre of its interval, as a Wald or t interval would have "
            "it; score, Newcombe and bootstrap intervals need not be symmetric. The name of the method would settle it."
        )
    searched: dict[str, Any] = {"scales": ["identity"], "roundings": list(context.catalogue.names("rounding"))}
    if tables:
        searched |= {"tables": len(tables), "methods": list(context.catalogue.names("difference-method"))}
    return {
        "message": message + sign,
        "reported": printed_numbers(claim),
        "recomputed": recomputed,
        "how": how,
        "searched": searched,
        "explanations": Explanations(
            lambda: map(Block.single, counted or _symmetric(context, printed, level)), ordered=True
        ),
    }


def _by_t(context: Context, claim: Estimate, best: Explanation, level: float) -> str:
    """Return the standard error by Student's t where the printed sizes are small enough for it to matter."""
    sizes = arm_sizes(context, claim)
    if sizes is None or sum(sizes) > 200 or sum(sizes) < 4 or best.se is None:
        return ""
    from scipy.special import ndtri, stdtrit

    shrink = float(ndtri((1 + level) / 2) / stdtrit(sum(sizes) - 2, (1 + level) / 2))
    by_t = as_range(best.se[0] * shrink, best.se[1] * shrink)
    return f" by z, {by_t} by Student's t with {sum(sizes) - 2} degrees of freedom"


CHECK = Check(
    "TS209",
    "difference-interval",
    "a difference and its interval belong together",
    _run,
    reference="Newcombe (1998) Stat Med 17:873-890",
    about=frozenset({"difference", "other", "rate"}),
    settled_by="one more decimal of the difference and both bounds, and how the interval was computed",
    serves=("INSPECT-SR 4.9",),
)
