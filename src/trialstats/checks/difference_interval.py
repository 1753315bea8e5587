"""A difference and its interval belong together.

A Wald or t interval for a difference of means, of coefficients or of proportions is estimate ± a
half-width: the estimate is the mean of its bounds, up to rounding. A reduction printed without its sign
is mirrored first. For two proportions whose counts are printed, or follow from percentages and arm
sizes, every method for a difference of proportions is tried: most are not symmetric; and, where none
prints it, exact unconditional limits (two tails of the difference, up to 200 patients an arm). Where no
count is known only order and symmetry can be judged. An estimate off centre by up to .4 standard errors
(.05 where it is one of means) is explained by such a method, or by rounding where that is two units of
the last digit; one that is central on the log or logit scale, as a rate is, where a percentage that
words call a reduction or an increase agrees if 1 less it, or 1 and it, is central on the log scale; and
any whose text names a median, a cost, a log scale or a method whose intervals are not symmetric, in the
sentence or as its only analysis. Beyond that it is hard to explain; so is one that would be central with
the sign of a bound turned, as a fold change with a sign, or as a ratio like the percentages beside it. A
difference of percentages as they are printed, with Wald limits about it, is named before a rare
rounding. A crude difference that does not print beside printed counts may be adjusted: then it is shown,
not judged, unless it lies far off its centre. Coefficients, rates and estimates of an unnamed measure
are accepted if they are central on the natural or the log scale, and left unchecked if not.

Why: Differences are printed with and without sign, as percentages or points, and their bounds trade
places when the arms do.

Formula:
    Wald or t:  2 estimate = lower + upper
    proportions: every method for x1/n1 - x2/n2 of the menu, see the method reference

Agrees: -2.0 (-3.1 to -0.9). Explained: 19% (0.4% to 36%), off centre. Asks: -2.4
(-3.1 to -0.2).

Reference: Newcombe (1998) Stat Med 17:873-890; Miettinen and Nurminen (1985) Stat Med 4:213-226;
Santner and Snell (1980) J Am Stat Assoc 75:386-394.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, product
from typing import Any

from trialstats.catalogue import Convention
from trialstats.catalogue.words import method_words
from trialstats.checks.another_analysis import combined
from trialstats.checks.arm_values import SHARE, Pair
from trialstats.checks.both_arms import pair_of
from trialstats.checks.bounds_of_counts import (
    UNITS_ROUNDED,
    Table,
    as_percentages,
    bounds_alone,
    crude_words,
    exactly,
    prints_crude,
)
from trialstats.checks.change_words import direction
from trialstats.checks.check import (
    Check,
    Context,
    both_bounds,
    level_of,
    not_checked,
    printed_numbers,
    unit_of_bounds,
)
from trialstats.checks.differences_read_otherwise import (
    judged_as_ratio,
    lost_minus,
    no_difference,
    of_rounded_shares,
    ratios_beside,
    signed_folds,
    turned_words,
)
from trialstats.checks.off_centre import (
    MOST_OFF,
    MOST_OFF_OF_MEANS,
    MOST_OFF_OF_ONE,
    asymmetric_words,
    is_far_off,
    is_named,
    is_plain_difference,
    is_said_relative,
    is_share_of_one_group,
    last_units_off,
    may_be_an_amount,
    may_be_of_one_group,
    may_be_relative,
    method_named,
    mirrored,
    most_off,
    need_not_be,
    off_centre,
    off_relative,
    other_scale,
    scale_of,
    than_named,
)
from trialstats.checks.off_throughout import OFF_THROUGHOUT, are_off_throughout
from trialstats.checks.one_sided import end_of
from trialstats.checks.order import OUTSIDE, above
from trialstats.checks.too_narrow import difference_far_off
from trialstats.claims.model import Estimate
from trialstats.explanations import Explanation, Explanations, TwoArmCounts
from trialstats.findings import Details, Finding, Verdict
from trialstats.reported import Reported
from trialstats.search.centred import CentredSearch, is_symmetric
from trialstats.search.means import grim
from trialstats.search.printed import PrintedInterval, priced
from trialstats.search.ratios.polygon import critical
from trialstats.wording import as_percent, as_printed, as_range, convention_words

_MOST_TABLES = 2000


def printed_difference(context: Context, claim: Estimate) -> tuple[PrintedInterval, bool] | None:
    """Return a difference with both bounds, the estimate turned to the bounds' sign, and whether it was turned."""
    bounds, value = both_bounds(claim.interval), claim.value
    if bounds is None or value is None or value.is_missing or value.relation != "=":
        return None
    lower, upper = (bound.with_unit(unit_of_bounds(claim)) for bound in bounds)
    if not may_be_an_amount(context, claim):
        return PrintedInterval(value, lower, upper), False
    turn = (value.value > 0 and upper.value < 0) or (value.value < 0 and lower.value > 0)
    if lower.value < 0 < upper.value and not is_symmetric(PrintedInterval(value, lower, upper), 0.95, "nearest"):
        turn = is_symmetric(PrintedInterval(mirrored(value), lower, upper), 0.95, "nearest")
    return PrintedInterval(mirrored(value) if turn else value, lower, upper), turn


def arm_sizes(context: Context, claim: Estimate) -> tuple[int, int] | None:
    """Return the largest printed size of each of a claim's two arms."""
    if len(claim.arms) != 2:
        return None
    found = [max(context.sizes(Estimate(id="", measure=claim.measure, arms=(arm,))), default=0) for arm in claim.arms]
    return (found[0], found[1]) if all(found) else None


def _tables(context: Context, claim: Estimate) -> list[Table]:
    """Return the 2 x 2 tables that the two arms' printed proportions allow, with the class of their denominators."""
    pair = pair_of(context, claim, SHARE)
    if pair is None:
        return []
    each = []
    for one in (pair.first, pair.second):
        x, n = (number.whole if number is not None else None for number in (one.x, one.n))
        if one.value is None and x is not None and n and context.paper.text is None:
            each.append([(x, n, "stated")] if x <= n else [])
            continue
        sizes = {n: "stated"} if n else context.sizes(one)
        each.append(
            [(count, size, how) for size, how in sizes.items()
             for count in ([x] if x is not None else grim(one.value.with_unit("%"), size)) if 0 <= count <= size]
            if one.value is not None and one.value.relation == "=" and not one.value.is_missing else []
        )  # fmt: skip
    pairs = islice(product(*each), _MOST_TABLES)
    found = [(x1, n1, x2, n2, "stated" if how1 == how2 == "stated" else "derived")
             for (x1, n1, how1), (x2, n2, how2) in pairs]  # fmt: skip
    if pair.ordered or not found:
        return found
    turned = [(x2, n2, x1, n1, how) for x1, n1, x2, n2, how in found]
    return turned if _fit(claim, turned) > _fit(claim, found) else found


def _fit(claim: Estimate, tables: list[Table]) -> float:
    """Return how well the tables' differences have the sign of an interval's bounds."""
    bounds = both_bounds(claim.interval)
    middle = float(bounds[0].value + bounds[1].value) if bounds is not None else 0.0
    return middle * sum(a / b - c / d for a, b, c, d, _ in tables)


def _by_counts(context: Context, printed: PrintedInterval, level: float, tables: list[Table]) -> list[Explanation]:
    """Return the tables and methods that print estimate and bounds, cheapest first."""
    from trialstats.intervals.two_sample import DIFFERENCE_METHODS, difference_interval

    if not tables:
        return []
    ranges = {rounding: [number.range(rounding) for _, number in printed.parts]
              for rounding in context.catalogue.names("rounding")}  # fmt: skip
    tables = [(a, b, c, d, how) for a, b, c, d, how in tables
              if any(spans[0].admits(a / b - c / d) for spans in ranges.values())]  # fmt: skip
    if not tables:
        return []
    x1, n1, x2, n2 = ([table[k] for table in tables] for k in range(4))
    found = []
    for method in DIFFERENCE_METHODS:
        limits = difference_interval(x1, n1, x2, n2, level=level, method=method)
        for k, (a, b, c, d, how) in enumerate(tables):
            values = (a / b - c / d, float(limits.lower[k]), float(limits.upper[k]))
            for rounding, spans in ranges.items():
                if all(span.admits(value) for span, value in zip(spans, values, strict=True)):
                    parts = ("difference-method", method), ("rounding", rounding), ("allowed-n", how)
                    said = {"method": method, "rounding": rounding, "level": level, "allowed": how}
                    convention = priced(context.catalogue, *parts, **said)
                    found.append(Explanation(TwoArmCounts(a, b, c, d), convention, *values))
    return sorted(found, key=lambda one: one.cost)


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim in context.estimates:
        if claim.measure != "difference" or (read := printed_difference(context, claim)) is None:
            continue
        if reason := no_difference(context, claim):
            yield check.finding(claim, *not_checked(as_printed(claim), reason, printed_numbers(claim)))
            continue
        tables = _tables(context, claim)
        pair = pair_of(context, claim, SHARE) if tables else None
        yield check.finding(claim, *_judge(context, claim, *read, tables, pair), others=pair.ids if pair else ())


def _judge(
    context: Context, claim: Estimate, printed: PrintedInterval, turned: bool, tables: list[Table], pair: Pair | None
) -> tuple[Verdict, Details]:
    level, shown = level_of(claim.interval), as_printed(claim)
    searched: dict[str, Any] = {"scales": ["identity"], "roundings": list(context.catalogue.names("rounding"))}
    if tables:
        searched |= {"tables": len(tables), "methods": list(context.catalogue.names("difference-method"))}
    common: dict[str, Any] = {
        "reported": printed_numbers(claim),
        "searched": searched,
        "remark": turned_words(claim) if turned else "",
    }
    in_percent = as_percentages(claim, printed)
    counted = _by_counts(context, in_percent, level, tables)
    search = CentredSearch(printed, level, context.catalogue)
    symmetric = search.cheapest()
    plain = counted[0] if counted else symmetric
    if (plain is None or not plain.ordinary) and (said := of_rounded_shares(claim, pair, in_percent, tables)):
        how = "the difference of rounded percentages, Wald"
        return Verdict.EXPLAINED, Details(sentence=f"{shown} {said}.", how=how, **common)
    if counted and not counted[0].ordinary and combined(context):
        return not_checked(shown, _POOLED, **common)
    if counted:
        best = counted[0]
        assert best.estimate is not None and best.lower is not None and best.upper is not None
        method = method_words(best.method or "")
        odd = convention_words(Convention(rounding=best.rounding))
        rounded = f", {odd}" if odd else ""
        return (Verdict.REPRODUCED if best.ordinary else Verdict.EXPLAINED), Details(
            sentence=f"{shown} is {best.x}/{best.n} less {best.x2}/{best.n2}: {method}{rounded}.",
            recomputed={"estimate": as_percent(best.estimate), "lower": as_percent(best.lower),
                        "upper": as_percent(best.upper)},
            how=f"{best.x}/{best.n} v {best.x2}/{best.n2}, {method}",
            explanations=Explanations.of(counted),
            **common,
        )  # fmt: skip
    crude = crude_words(tables)
    if symmetric is not None:
        assert symmetric.se is not None
        se = as_range(*symmetric.se)
        by_t = _by_t(context, claim, symmetric, level)
        if not symmetric.ordinary and (beside := ratios_beside(context, claim)):
            return judged_as_ratio(printed, shown, beside, level, common)
        if of_width := difference_far_off(context, claim, printed, symmetric.se, tables, pair):
            settle = "the method of the interval"
            return Verdict.STRAINED, Details(
                sentence=f"{of_width[0]}: {shown}.", more=of_width[1], settle=settle, **common
            )
        nought = any(not number.value for _, number in printed.parts)  # 0 cut off stands for anything about it
        of_shares = (symmetric.rounding == "up" or nought) and most_off(context, claim) >= MOST_OFF
        if not symmetric.ordinary and not turned and (of_shares or is_named(context, claim, printed, level)):
            # A score interval of two shares, or what the text names, is nearer at hand than an odd rounding of all.
            return _off_centre(context, claim, printed, level, common)
        if nought and not symmetric.ordinary:
            return not_checked(shown, _AT_NOUGHT, **common)
        rounded = convention_words(Convention(rounding=symmetric.rounding))
        only = f", if {rounded}" if rounded else ""
        return (Verdict.CONSISTENT if symmetric.ordinary else Verdict.EXPLAINED), Details(
            sentence=f"The printed difference {shown} is the centre of its interval{only}: standard error {se}{by_t}.",
            more=f"{crude}; it may be adjusted." if crude else _OR_A_SLIP if rounded else "",
            recomputed={"se": se},
            how="symmetric on the natural scale",
            explanations=search.explanations(),
            **common,
        )
    if above(printed.lower, printed.estimate) or above(printed.estimate, printed.upper):
        by = bounds_alone(claim, in_percent, level, tables)
        more = f"Its bounds are those of the counts beside it ({by}). {crude}." if by else f"{crude}." if crude else ""
        sentence = f"We did not look for the centre of {shown}"
        return Verdict.UNCHECKED, Details(sentence=sentence, reason=OUTSIDE, more=more, **common)
    if crude and claim.adjusted is False and len(tables) == 1:
        sentence = f"No method for a difference of proportions prints {shown}."
        return Verdict.INCONSISTENT, Details(sentence=sentence, more=f"{crude}.", **common)
    if (by := bounds_alone(claim, in_percent, level, tables)) is not None:
        return Verdict.STRAINED, Details(
            sentence=f"The bounds of {shown} are those of the counts beside it ({by}), and their difference is "
            "another.",
            more=f"{crude}.",
            settle="the difference as it stands in your own output",
            **common,
        )
    if (exact := exactly(printed, tables, level)) is not None:
        sentence = f"{shown} is the difference of the counts beside it with exact unconditional limits ({exact})."
        how = "exact unconditional limits"
        return Verdict.EXPLAINED, Details(sentence=sentence, how=how, settle="the method of the interval", **common)
    if prints_crude(printed, tables) and not claim.adjusted and not asymmetric_words(context, claim):
        sentence = f"No method for a difference of proportions prints {shown} from the counts beside it."
        return Verdict.STRAINED, Details(
            sentence=sentence, more=f"{crude}, as printed: it is not adjusted.", settle="the method of the interval",
            **common,
        )  # fmt: skip
    if crude and not is_far_off(context, claim, printed, level):
        return Verdict.UNCHECKED, Details(
            sentence=f"We did not judge {shown}",
            reason="no method prints it from the counts",
            more=f"{crude}; it may be adjusted.",
            **common,
        )
    return _off_centre(context, claim, printed, level, common)


def _off_centre(
    context: Context, claim: Estimate, printed: PrintedInterval, level: float, common: dict[str, Any]
) -> tuple[Verdict, Details]:
    """Judge a difference inside its interval that no symmetric interval prints."""
    off, shown = off_centre(printed, level), as_printed(claim)
    if may_be_relative(context, claim):
        off = min(off, off_relative(printed, level))
    if is_share_of_one_group(context, claim) or (off > MOST_OFF and may_be_of_one_group(context, claim)):
        reason = "the words may be about one group's own result"
        return Verdict.UNCHECKED, Details(sentence=f"We did not judge {shown}", reason=reason, **common)
    scale = scale_of(context, claim, printed)
    named = is_named(context, claim, printed, level)
    way = direction(context, claim)
    if way and printed.estimate is not None and scale == _scale_of_change(way, printed.estimate):
        return Verdict.CONSISTENT, Details(
            sentence=f"The printed {way} {shown} is the centre of its interval as a relative one: that of the log of "
            f"1 {'-' if scale == 'reduction' else '+'} it.",
            how="symmetric on the scale of a relative change",
            **common,
        )
    if scale in ("relative", "reduction") and is_said_relative(context, claim):
        sentence = (
            f"The printed change {shown} is the centre of its interval on the {scale} scale, as a ratio less one is."
        )
        return Verdict.CONSISTENT, Details(
            sentence=sentence, how="symmetric on the scale of a relative change", **common
        )
    what = way or "difference"
    sentence = f"The printed {what} {shown} is not the centre of its interval, as a Wald or t interval would have it."
    if end := end_of(claim):
        more = f"An interval of one side, whose other end is printed as {end}, need not be."
        how = "an interval of one side"
        return Verdict.EXPLAINED, Details(sentence=sentence, more=more, how=how, settle="its sides", **common)
    common = {"settle": "the name of the method", **common}
    if not scale and (asked := _read_otherwise(context, claim, printed, level)):
        rests = frozenset({"value"}) if is_plain_difference(context, claim) else None
        details = Details(sentence=sentence, more=asked, how="read otherwise", rests_on=rests, **common)
        return Verdict.STRAINED, details
    if scale or named or off <= most_off(context, claim):
        common = {**common, "rests_on": frozenset({"value"})} if way else common
        more = need_not_be(context, claim, way)
        if off <= MOST_OFF_OF_MEANS and not scale:
            sentence = (
                f"The printed {what} {shown} is next to the centre of its interval: {off:.2g} standard errors off."
            )
            if last_units_off(printed) <= UNITS_ROUNDED or off <= _A_TRIFLE:
                more = "Rounding on the way leaves it so."
                return Verdict.CONSISTENT, Details(sentence=sentence, more=more, how="rounded on the way", **common)
            more = f"The text says {named}: its" if named else "An"
            more = f"{more} interval by bootstrap need not be symmetric, and rounding on the way moves it less."
            return Verdict.EXPLAINED, Details(sentence=sentence, more=more, how="an asymmetric method", **common)
        if re.match("bayes|credib", named, re.IGNORECASE):
            more = "It is a credible interval: that of a skewed posterior or of a simulation need not be symmetric."
            common = {**common, "settle": ""}
        elif scale:
            more = f"It is central on the {scale} scale, as a relative change or a rate is."
        elif not named and last_units_off(printed) <= 1:
            more = "It is less than a unit of the last digit off: rounding on the way, or a slip in it, leaves it so."
        elif named:
            more = f"The text says {named}: such an interval need not be symmetric."
            in_percent = printed.estimate is not None and printed.estimate.unit == "%"
            of_method = method_named(context, claim) is not None
            if in_percent and not of_method and (other := other_scale(printed)) in ("relative", "reduction"):
                more = f"The text says {named}, and it is central on the {other} scale, as a ratio in per cent is."
        return Verdict.EXPLAINED, Details(sentence=sentence, more=more, how="an asymmetric method", **common)
    if off <= MOST_OFF_OF_ONE and last_units_off(printed) <= 1 + _EXACT:
        more = "It is a unit of the last digit off: rounding on the way, or a slip in it, leaves it so."
        return Verdict.EXPLAINED, Details(sentence=sentence, more=more, how="rounded on the way", **common)
    if off <= MOST_OFF_OF_ONE and are_off_throughout(context, claim):
        how = "an asymmetric method"
        return Verdict.EXPLAINED, Details(sentence=sentence, more=OFF_THROUGHOUT, how=how, **common)
    return Verdict.STRAINED, Details(
        sentence=sentence,
        miss=f"It lies {off:.2g} standard errors off the centre, {than_named(context, claim, printed, level)}.",
        how="an asymmetric method",
        rests_on=frozenset({"value"}) if _is_signed(printed) else None,
        **common,
    )


_EXACT = 1e-6
_AT_NOUGHT = (
    "its centre is elsewhere, and a bound of 0 may be the end of a scale, or of ranks, or stand for any near it"
)
_POOLED = "it was pooled over studies, which weighs them otherwise than all their patients together"
_A_TRIFLE = 0.02
"""Standard errors off the centre that need no reason."""
_OR_A_SLIP = "A slip in a last digit is as likely."


def _scale_of_change(way: str, estimate: Reported) -> str:
    """Return the scale in whose centre a percentage that goes down or up is: with a minus sign it is a change."""
    return "reduction" if way == "reduction" and estimate.value > 0 else "relative"


def _read_otherwise(context: Context, claim: Estimate, printed: PrintedInterval, level: float) -> str:
    """Say how a difference off its centre would be central if it were read otherwise; empty if it would not."""
    if off_centre(printed, level) <= MOST_OFF_OF_MEANS:
        return ""
    if method_named(context, claim) is None and (turned := lost_minus(claim, printed, level)):
        return f"With a bound of {turned} it would be: a minus sign may be lost."
    if (other := signed_folds(context, claim)) and "fold" not in asymmetric_words(context, claim):
        return (
            f"Like {other} beside it, it is central as a fold change with a sign, where -2 stands for 1/2: the text "
            "calls it a difference."
        )
    return ""


def _is_signed(printed: PrintedInterval) -> bool:
    """Return whether a bound lies below 0: then it is a mean or a difference, whatever the words call it."""
    return any(number.value < 0 for _, number in printed.parts)


def _by_t(context: Context, claim: Estimate, best: Explanation, level: float) -> str:
    """Return the standard error by Student's t where the printed sizes are small enough for it to matter."""
    sizes = arm_sizes(context, claim)
    if sizes is None or sum(sizes) > 200 or sum(sizes) < 4 or best.se is None:
        return ""
    shrink = z_over_t(level, sum(sizes) - 2)
    by_t = as_range(best.se[0] * shrink, best.se[1] * shrink)
    return f" by z, {by_t} by Student's t with {sum(sizes) - 2} degrees of freedom"


def z_over_t(level: float, freedom: int) -> float:
    """Return the standard error of an interval by Student's t, as a share of that by z."""
    from scipy.special import stdtrit

    return critical(level) / float(stdtrit(freedom, (1 + level) / 2))


CHECK = Check(
    "TS209",
    "a difference and its interval belong together",
    _run,
    about=frozenset({"difference", "other", "rate"}),
    settled_by="one more decimal of the difference and both bounds, and how the interval was computed",
    serves=("INSPECT-SR 4.9",),
    most_repairs=100,
)
