"""A percentage is a count over its denominator.

If count and denominator are printed, their quotient must print the percentage. If only the
denominator is, some whole number of patients must. Exact integers; no interval is involved.

A percentage in whole per cents says nothing at 100 patients or more, where every one can be
printed; the message then says so. Percentages of available cases, or made to add up to 100 %, are
the usual innocent reasons for a difference. A count without its total, in a text, is of the patients
that the counts near it are of, or that the other arm's count bears out, or of up to a tenth fewer,
who are no reason where all other counts of its list are of one number: where it is far from that,
and no number of the text would print it, its percentage is hard to explain; so is one of up to a tenth
fewer where the text says that all were analysed. A number of patients that we made up explains
nothing: then it is not judged. A number alone in brackets behind a percentage may be
a reference: nothing is asked where no total of the text bears one of its kind out. Shares of imputed outcomes are no
counts and are not judged.

Why: Counts and percentages are copied separately, and a percentage shows whether it is of the
patients that it is said to be of.

Formula:
    100 x/n lies in the range of the printed percentage,
    for the printed x, or for some whole x from 0 to n

Agrees: 317 (91%) of 349. Explained: 317 (90%) of 349, cut off. Asks: 317 (89%) of 349.

Reference: Brown and Heathers (2017) Soc Psychol Personal Sci 8:363-369 (GRIM), for percentages.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from trialstats.checks.all_analysed import beyond_all_analysed
from trialstats.checks.beyond_all import beyond_all
from trialstats.checks.check import Check, Context, not_checked, printed_numbers, sizes_searched, verdict_of
from trialstats.checks.guessed_size import is_guessed, not_given, of_whom, own_share
from trialstats.checks.home_size import another_prints, beyond_home
from trialstats.checks.imputed_shares import is_imputed
from trialstats.checks.list_size import Home, meets, numbers_of
from trialstats.checks.no_plain_count import may_be_of_a_curve, words_for_an_analysis, words_for_brackets
from trialstats.checks.sister_roundings import OF_HANDS, slip_of_cutting
from trialstats.claims.model import Estimate, Size
from trialstats.claims.populations import sizes_printing
from trialstats.claims.trust import knows_arm, knows_groups
from trialstats.explanations import Explanation
from trialstats.findings import Details, Finding, Verdict
from trialstats.press import print_like, print_number
from trialstats.reported import Reported
from trialstats.search.counts.ranges import Allowed, allow
from trialstats.search.counts.search import CountSearch
from trialstats.search.printed import PrintedInterval
from trialstats.wording import begun, convention_words, count_words, joined, patients


def _search(context: Context, claim: Estimate) -> CountSearch:
    assert claim.value is not None
    x = claim.x.whole if claim.x is not None else None
    sizes, most = context.sizes(claim), context.n_max()
    if x is not None and not knows_groups(context.paper):
        sizes = {n: name for n, name in sizes.items() if n >= x}
        most = max(most, _largest_size(x, claim.value))
    stated = [n for n, how in sizes.items() if how == "stated"]
    allowed = Allowed(stated=stated) if claim.n is not None and stated else allow(sizes, most)
    return CountSearch(PrintedInterval(claim.value, None, None), allowed, x=x, catalogue=context.catalogue)


def _largest_size(x: int, printed: Reported) -> int:
    """Return a number of patients above every one of whom a count could be a percentage, by any rounding."""
    least = printed.value - 2 * printed.step
    return math.ceil(x / least) if least > 0 else 0


def _of_others(context: Context, claim: Estimate, *, sizes_may_be_meant: bool) -> tuple[int, int | None] | None:
    """Return the numbers of patients that a count can be of, where the text does not give them: then it is not checked.

    A text's arms are not all arms, so a count that no size found there explains may belong to other patients.
    """
    if claim.n is not None or claim.x is None or (x := claim.x.whole) is None or claim.value is None:
        return None
    sizes = context.sizes(claim)
    if sizes and (knows_arm(context.paper, claim) or (sizes_may_be_meant and any(n >= x for n in sizes))):
        return None
    return sizes_printing(x, claim.value)


def _not_of_ours(context: Context, claim: Estimate, fitting: tuple[int, int | None]) -> tuple[Verdict, Details]:
    assert claim.x is not None and claim.value is not None
    least, most = fitting
    sizes = context.sizes(claim)
    size = f"{least} or more" if most is None else f"{least}" if least == most else f"{least} to {most}"
    paper = context.paper
    known_sizes = [("all patients", paper.of), *((arm.label, arm.of) for arm in paper.arms)]
    named = [(label, n) for label, of in known_sizes if (n := _size_in(of, least, most)) is not None]
    if sizes:
        known = f"the text gives {' and '.join(map(str, sizes))}"
    elif named:
        ones = joined(f"{n}, the {'number' if label == 'all patients' else 'size'} of {label}," for label, n in named)
        known = f"{ones} {'is one of them' if len(named) == 1 else 'are among them'}, but the text names no arm here"
    elif (beside := _beside(context, claim, least, most)) is not None:
        known = f"{beside} stands near it, but not as their number"
    else:
        elsewhere = next(
            (n for n in sorted(numbers_of(context)) if n != claim.x.whole and meets(least, most, n, n)), None
        )
        known = f"{elsewhere} stands elsewhere" if elsewhere else "the text gives no such number"
    whom = patients(claim, least if least == most else None)
    reason = f"{claim.x.whole} of {size}{whom} would print it, and {known}"
    searched = {"n": {"any": [least] if most is None else [least, most]}}
    if (
        not named
        and (n := _said_whole(context, claim))
        and not _nearly(n, least, most, claim.value.decimals)
        and not _anywhere(context, claim, least, most)
    ):
        shown = print_number(Fraction(claim.x.whole or 0, n), claim.value.decimals, claim.value.unit)
        return Verdict.STRAINED, Details(
            sentence=f"{claim.x.text} of {n} is {shown}, and {claim.value.text} is printed.",
            more=f"The text gives no number of patients of whom {claim.x.text} would be {claim.value.text}.",
            settle="of how many patients the count is",
            reported=printed_numbers(claim, "estimate", "x", "n"),
            recomputed={"estimate": shown},
            searched={"n": {"stated": [n]}},
            rests_on=_OWN,
        )
    return not_checked(claim.value.text, reason, printed_numbers(claim, "estimate", "x", "n"), searched=searched)


_OF_THESE = re.compile(
    r"\b(?:[Oo]f|[Aa]mong) (?:the |these |all |all the )?(?P<n>\d{1,5}) (?:[a-z-]{1,20} ){0,2}?(?:patients"
    r"|participants|women"
    r"|men|children|subjects|infants|adults|people|individuals|volunteers|tumou?rs|eyes)(?: [a-z-]{1,20}){0,3},? $"
)


def _said_whole(context: Context, claim: Estimate) -> int:
    """Return the number of patients of whom the words right before a count say that it is; 0 where they say none."""
    text, start = context.paper.text, claim.where.start
    found = None if text is None or start is None else _OF_THESE.search(text[max(0, start - 120) : start])
    n = 0 if found is None else int(found["n"])
    return n if claim.x is not None and n >= (claim.x.whole or 0) else 0


def _nearly(n: int, least: int, most: int | None, decimals: int) -> bool:
    """Whether a few patients that are missing, or the rounding, would account for a percentage."""
    return least <= n * (_ROUNDED_FINELY if decimals else _ROUNDED) and n * _EVALUATED <= (
        least if most is None else most
    )


_ROUNDED, _ROUNDED_FINELY, _EVALUATED = 1.05, 1.01, 0.85


def _anywhere(context: Context, claim: Estimate, least: int, most: int | None) -> bool:
    """Whether the text prints any number, or a difference of two, that lies within a range."""
    numbers = {int(found[0].replace(",", "")) for found in _PLAIN.finditer(context.paper.text or "")}
    own = claim.x.whole if claim.x is not None else None
    left = {a - b for a in numbers for b in numbers if 0 < 4 * b < a}
    return any(n != own and least <= n and (most is None or n <= most) for n in numbers | left)


_NEAR = 200
_PLAIN = re.compile(r"(?<![\d.,·-])\d{1,3}(?:,?\d{3}){0,2}(?![\d%]|[.,·]\d| ?%)")


def _beside(context: Context, claim: Estimate, least: int, most: int | None) -> int | None:
    """Return the first plain number near a claim, but its own count, that lies within a range; None if none does."""
    text, start, end = context.paper.text, claim.where.start, claim.where.end
    if text is None or start is None or end is None or claim.x is None:
        return None
    near = text[max(0, start - _NEAR) : start], text[start : end + _NEAR]
    numbers = (int(found[0].replace(",", "")) for part in near for found in _PLAIN.finditer(part))
    return next((n for n in numbers if n != claim.x.whole and least <= n and (most is None or n <= most)), None)


def _far_from(claim: Estimate, value: Reported, home: Home) -> Details:
    """Say that a count is another percentage of the patients that its neighbours are of."""
    assert claim.x is not None
    shown = print_number(Fraction(claim.x.whole or 0, home.n), value.decimals, value.unit)
    own = home.fitting - home.of_others
    counts = "another count" if own == 1 else f"{own} other counts"
    bearing = [f"{counts} near it with their percentages {'is' if own == 1 else 'are'} of {home.n}"] if own else []
    if home.of_others:
        bearing.append("what is printed beside it of other patients agrees with their own number")
    return Details(
        sentence=f"{claim.x.text} of {home.n} is {shown}, and {value.text} is printed.",
        more=f"{begun(joined(bearing))}, and the text gives no number of patients that would print this one.",
        recomputed={"estimate": shown},
        searched={"n": {"stated": [home.n]}},
        settle="of how many patients the count is",
        rests_on=_OWN,
    )


def _of_fewer(claim: Estimate, value: Reported, n: int, words: str) -> Details:
    """Say that a count is another percentage of the patients who, as the text says, were all analysed."""
    assert claim.x is not None
    shown = print_number(Fraction(claim.x.whole or 0, n), value.decimals, value.unit)
    return Details(
        sentence=f"{claim.x.text} of {n} is {shown}, and {value.text} is printed.",
        more=f"The text says “{words}”, so that patients who could not be evaluated are no reason.",
        recomputed={"estimate": shown},
        searched={"n": {"stated": [n]}},
        settle="of how many patients the count is",
        rests_on=_OWN,
    )


def _of_more_than_all(claim: Estimate, value: Reported, most: int) -> Details:
    """Say that a count is its percentage of more patients than any number of the text."""
    assert claim.x is not None
    x = claim.x.whole or 0
    fitting = sizes_printing(x, value)
    shown = print_number(Fraction(x, most), value.decimals, value.unit)
    least = f"{fitting[0]} or more" if fitting is not None and fitting[0] != fitting[1] else f"{fitting and fitting[0]}"
    wanted = "no number of patients" if fitting is None else f"{least} patients"
    return Details(
        sentence=f"{claim.x.text} would be {value.text} of {wanted}, and the largest number that we read in the text "
        f"is {most}, of which it is {shown}.",
        recomputed={"estimate": shown},
        searched={"n": {"any": [1, most]}},
        settle="of how many patients the count is",
        rests_on=_OWN,
    )


_OWN = frozenset({"value", "x"})
"""What a question about a count and its percentage rests on, whatever size its arm has."""


def _size_in(of: Mapping[str, Size], least: int, most: int | None) -> int | None:
    """Return the first of some printed sizes that lies within a range, or None."""
    sizes = (size.value.whole for size in of.values())
    return next((n for n in sizes if n is not None and least <= n and (most is None or n <= most)), None)


def _of_no_number(claim: Estimate, x: int | None, printed: Reported) -> str:
    """Say what a count is of the two numbers of patients about its printed percentage, neither of which prints it."""
    assert claim.x is not None
    whom, are = patients(claim, x), "is" if x == 1 else "are"
    if not x:
        return f"{claim.x.text}{whom} {are} 0% of any number of patients, and {printed.text} is printed."
    n = x * printed.value.denominator // printed.value.numerator if printed.value > 0 else 0
    shown = [f"{print_number(Fraction(x, m), printed.decimals, printed.unit)} of {m}" for m in (n, n + 1) if m >= x]
    if not shown:
        return f"{claim.x.text}{whom} {are} never {printed.text} of all patients."
    return f"{claim.x.text}{whom} {are} {' and '.join(shown)}, and {printed.text} is printed."


_BARE = re.compile(r" ?%[^()\[\]]{0,60}[(\[]$")
"""What stands between a percentage and a number alone in brackets behind it."""
_NO_COUNT = "no total in the text bears out {} as its count: it may be a reference, or count something else"


def _quoted_x(claim: Estimate) -> str:
    return claim.x.text if claim.x is not None else ""


def _may_be_no_count(context: Context, claim: Estimate) -> bool:
    """Whether a number alone in brackets behind a percentage is borne out as its count by nothing in the text.

    "45% [3]", "in earlier work 82% responded (7)". It is where it prints the percentage of a number that stands in the
    text, or where another number in such brackets does.
    """
    if not _stands_bare(context, claim):
        return False
    others = [one for one in context.estimates if one.measure == "proportion" and one.x is not None]
    return not any(_is_borne_out(context, one) for one in others if _stands_bare(context, one))


def _stands_bare(context: Context, claim: Estimate) -> bool:
    text, places = context.paper.text, {name: (start, end) for name, start, end in claim.where.numbers}
    if text is None or knows_groups(context.paper) or claim.n is not None or not {"value", "x"} <= places.keys():
        return False
    (_, behind), (x, end) = places["value"], places["x"]
    between = text[behind:x]
    return behind < x and text[end : end + 1] in (")", "]") and _BARE.fullmatch(between) is not None


def _is_borne_out(context: Context, claim: Estimate) -> bool:
    """Whether a count prints its percentage of a number that the text prints."""
    x = claim.x.whole if claim.x is not None else None
    if not x or claim.value is None or claim.value.is_missing or (fitting := sizes_printing(x, claim.value)) is None:
        return False
    return any(n != x and meets(*fitting, n, n) for n in numbers_of(context))


def _above_its_total(claim: Estimate) -> bool:
    """Whether more patients are counted than there are: for the check of order alone."""
    x, n = (number.whole if number is not None else None for number in (claim.x, claim.n))
    return x is not None and n is not None and x > n


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim, value in context.printed("proportion"):
        if claim.interval is not None and claim.x is None:
            continue  # the interval check looks for the count, with more to go by
        if value.relation != "=" or claim.role == "design" or _above_its_total(claim):
            continue
        verdict, details = _judge(context, claim, value)
        if verdict not in (Verdict.REPRODUCED, Verdict.UNCHECKED) and is_imputed(context, claim):
            reason = "the text speaks of imputed outcomes, of which a share is no count"
            verdict, details = not_checked(value.text, reason, printed_numbers(claim, "estimate", "x", "n"))
        yield check.finding(claim, verdict, details)


def _judge(context: Context, claim: Estimate, value: Reported) -> tuple[Verdict, Details]:
    reported = printed_numbers(claim, "estimate", "x", "n")
    if not context.sizes(claim) and claim.x is None:
        reason = "no denominator is printed for it, so only the other percentages of its arm can be held against it"
        return not_checked(value.text, reason, reported, explanations=_search(context, claim).explanations())
    if (home := beyond_home(context, claim)) is not None and not _may_be_no_count(context, claim):
        return Verdict.STRAINED, replace(_far_from(claim, value, home), reported=reported)
    if (said := beyond_all_analysed(context, claim)) is not None and not words_for_brackets(context):
        return Verdict.STRAINED, replace(_of_fewer(claim, value, *said), reported=reported)
    if (most := beyond_all(context, claim)) is not None:
        return Verdict.STRAINED, replace(_of_more_than_all(claim, value, most), reported=reported)
    if (fitting := _of_others(context, claim, sizes_may_be_meant=True)) is not None:
        return _not_of_ours(context, claim, fitting)
    search = _search(context, claim)
    block = search.cheapest()
    common: dict[str, Any] = {"reported": reported, "searched": {"n": sizes_searched(search.allowed)}}
    if block is not None:
        verdict = verdict_of(block)
        best = block.item(0)
        fitting = _of_others(context, claim, sizes_may_be_meant=False)
        if verdict is Verdict.EXPLAINED and best.n not in context.sizes(claim) and _may_be_no_count(context, claim):
            return not_checked(f"{value.text} against {_quoted_x(claim)}", _NO_COUNT.format(_quoted_x(claim)), **common)
        if fitting is not None and best.n not in context.sizes(claim) and verdict is Verdict.EXPLAINED:
            return _not_of_ours(context, claim, fitting)
        if verdict is Verdict.EXPLAINED and is_guessed(context, claim, best):
            reason = of_whom(context, claim, value, best)
            what = value.text if claim.x is None else f"{value.text} against its count"
            return not_checked(what, reason, explanations=search.explanations(), **common)
        slip = slip_of_cutting(context, claim, best) if verdict is Verdict.EXPLAINED else ""
        if verdict is Verdict.EXPLAINED and claim.x is None and best.rounding in OF_HANDS and not slip:
            reason = f"no count of {best.n} patients is it when plainly rounded, and no count is printed"
            return not_checked(value.text, reason, explanations=search.explanations(), **common)
        if slip and claim.x is not None and claim.n is not None:
            verdict = Verdict.STRAINED  # nobody cuts one off, or rounds one up, among others that are rounded
        return verdict, Details(
            sentence=_explained(context, claim, value, best, verdict),
            more=slip,
            recomputed={"estimate": print_like(Fraction(best.x or 0, best.n or 1), value, best.rounding or "nearest")},
            how=count_words(best) + (f", {words}" if (words := convention_words(best)) else ""),
            explanations=search.explanations(),
            **common,
        )
    if (fitting := _of_others(context, claim, sizes_may_be_meant=False)) is not None:
        return _not_of_ours(context, claim, fitting)
    if _may_be_no_count(context, claim):
        return not_checked(f"{value.text} against {_quoted_x(claim)}", _NO_COUNT.format(_quoted_x(claim)), **common)
    if (
        claim.adjusted
        or words_for_an_analysis(context, claim)
        or words_for_brackets(context)
        or may_be_of_a_curve(context, claim)
    ):
        reason = (
            "no plain share prints it, and the text speaks of a rate from a curve, a model or weights, which need not "
            "be one"
        )
        what = f"{value.text} against its count"
        return not_checked(what, reason, settle="how the percentage was estimated", **common)
    details = replace(_unexplained(context, claim, value), **common)
    if claim.x is None or claim.n is not None or context.paper.text is None or knows_groups(context.paper):
        return Verdict.INCONSISTENT, details
    assert claim.x is not None
    of_none = sizes_printing(claim.x.whole or 0, value) is None
    if of_none and context.sizes(claim):
        details = replace(details, rests_on=_OWN)
    elif not of_none and another_prints(context, claim):
        reason = "the count may be of other patients than those of its arm as we read it"
        return not_checked(f"{value.text} against its count", reason, **common)
    return Verdict.STRAINED if context.sizes(claim) else Verdict.INCONSISTENT, details


def _explained(context: Context, claim: Estimate, value: Reported, best: Explanation, verdict: Verdict) -> str:
    n_words = " or ".join(str(n) for n in context.sizes(claim))
    counts = count_words(best)
    if verdict is Verdict.REPRODUCED:
        if claim.x is None and value.step * (best.n or 1) >= 1:
            return (
                f"{value.text} can be {counts} patients, as can any percentage printed with so few decimals at this "
                "size: that says little."
            )
        return f"{value.text} is {counts}{patients(claim, best.n)}."
    own = own_share(context, claim, value)
    if verdict is Verdict.CONSISTENT:
        if own:
            return f"{own}; {counts} is {value.text}, as when some patients could not be evaluated."
        return (
            f"No count of {n_words} prints {value.text}; {counts} does, as when some patients could not be evaluated."
        )
    if words := convention_words(best):
        return f"{value.text} is {counts} only if {words}."
    if own:
        return f"{own}; {counts} would print {value.text}, and {not_given(context, best.n or 0)}."
    return (
        f"No count of {n_words} patients prints {value.text} when plainly rounded; {counts} does, and "
        f"{not_given(context, best.n or 0)}."
    )


def _unexplained(context: Context, claim: Estimate, value: Reported) -> Details:
    sizes = context.sizes(claim)
    n, x = next(iter(sizes), None), claim.x.whole if claim.x is not None else None
    if claim.x is None:
        n_words = " or ".join(map(str, sizes))
        # A percentage without a count may be a change, a strength or another study's.
        return Details(
            sentence=f"No count of {n_words} patients, or of fewer, prints {value.text}.",
            rests_on=CHECK.rests_on | {"x"},
        )
    if x is not None and n is not None:
        shown = print_number(Fraction(x, n), value.decimals, value.unit)
        sentence = f"{claim.x.text} of {n} is {shown}, and {value.text} is printed."
        return Details(sentence=sentence, recomputed={"estimate": shown})
    return Details(
        sentence=_of_no_number(claim, x, value),
        rests_on=_OWN | {"measure"},
    )


CHECK = Check(
    "TS103",
    "a percentage is a count over its denominator",
    _run,
    about=frozenset({"proportion"}),
    settled_by="the number of patients with the event, and of how many patients that is",
    serves=("INSPECT-SR 4.6", "INSPECT-SR 4.8"),
)
