"""Say what an estimate measures, from the words before it and its unit."""

from __future__ import annotations

import math
import re

from trialstats.sources.text.measures.decided import OF_KIND, of_a_change
from trialstats.sources.text.measures.forms import (
    about_one,
    free_behind,
    named_behind,
    next_of_list,
    same_unit,
    shaped_as_ratio,
)
from trialstats.sources.text.measures.heads import measure_of_head
from trialstats.sources.text.numbers.estimate_cost import named_ratio
from trialstats.sources.text.tokens.document import Document, Interval
from trialstats.sources.text.words.of_measures import RATIOS, TIME, Named, named_in, only_ratio, without_objects
from trialstats.sources.text.words.of_person_time import PER

_REACH = 260
"""Characters to look back for a word."""

_PER = re.compile(r" ?(?:/|per) ?(?:10[ ,]?0|1[ ,]|person|patient|py|year|million)")

_UP_TO_PER = re.compile(r"(?: [a-z-]{3,20}){0,2} ?(?=/|per)")


def _behind_bounds(document: Document, interval: Interval, number: int) -> int:
    """Return where the bracket of an interval ends, behind which its unit may stand: "0.22 (0.18 to 0.27) per 100"."""
    last = max(interval.lower, interval.upper)
    shut = last > number and document.letters[last + 1 : last + 2] == ")"
    return document.tokens.ends[last + shut] if shut else -1


def _is_per_time(text: str, behind: int) -> bool:
    near = text[behind : behind + 60] if behind >= 0 else ""
    if "/" not in near and "per" not in near:
        return False
    found = _UP_TO_PER.match(text, behind)
    return found is not None and PER.match(text, found.end()) is not None


# A ratio named right before its number, where that has a sign.
_RIGHT_BEFORE = re.compile(r"[\])]{0,2}(?:,|:| of| was| is| =|=){0,2} ?[-+(\[]{0,2}")

_NAMED_RATIO = re.compile(r"(?:ratios?|\b[a-z]{0,3}(?:hr|rr)s?|\b[am]?or)[\])]{0,2}(?:,| of| was|:| =|=)? ?$")


def unit_of(document: Document, interval: Interval) -> str:
    """Return the unit printed behind an estimate or one of its bounds: ``%``, ``months``, or nothing."""
    letters = document.letters
    numbers = [token for token in (interval.estimate, interval.lower, interval.upper) if token >= 0]
    if any(letters[token] == "q" for token in numbers):
        # "OR 2.4; 95% CI, 1.8%-3.2%": a ratio has no per cent sign of its own.
        first = document.tokens.starts[numbers[0]]
        named = _NAMED_RATIO.search(document.tokens.text, max(0, first - 30), first)
        return "" if letters[numbers[0]] == "d" and interval.estimate >= 0 and named else "%"
    for token in numbers:
        at = token + 1
        # The unit may stand behind a standard error: 0.36 (0.40) mmHg.
        if token == interval.estimate and letters.startswith("(d)", at):
            at += 3
        if letters[at : at + 1] == "u":
            words = _unit_at(document, at)
            return "percentage points" if words.startswith(("percentage", "pp")) else words
    after = max(interval.last, *numbers) + 1
    return _unit_at(document, after + 1) if letters[after : after + 2] == ")u" else ""


_PER_UNIT = re.compile(r"(?:[/.*](?:d[uw]|[uw])\*?(?:md)?){1,5}")


def _unit_at(document: Document, at: int) -> str:
    """Return the whole unit that begins at a token: ``months``, ``mm hg``, ``mmol/mol``, ``kJ/24 h``."""
    letters = document.letters
    end = at + 2 if letters[at + 1 : at + 2] == "u" else at + 1
    # "mL·kg-1·min-1"
    per = _PER_UNIT.match(letters, end + 2 if letters[end : end + 3] == "md." else end)
    if per is None or (per[0][0] == "." and document.spaced(per.start() + 1)):
        return document.text_between(at, end)
    words = document.cased[document.tokens.starts[at] : document.tokens.ends[per.end() - 1]]
    return re.sub(r"[\s\x00]*/[\s\x00]*", "/", words)


def measure_of(
    document: Document, interval: Interval, before: Interval | None, ratio: str | None = None
) -> tuple[str, bool]:
    """Return what an interval's estimate measures, and whether that was guessed or carried over.

    Parameters
    ----------
    document : Document
    interval : Interval
    before : Interval or None
        The interval before it in the text, with its unit and measure.
    ratio : str or None
        The last ratio that was read in the text.
    """
    measure, guessed = _told_measure(document, interval, before, ratio)
    return ("difference", True) if measure in _SHARES and _is_about_nothing(document, interval) else (measure, guessed)


def _is_about_nothing(document: Document, interval: Interval) -> bool:
    """Whether an interval has nothing in it, and the estimate in its middle, as that of a difference of shares has."""
    if interval.lower < 0 or interval.upper < 0 or interval.signs[1:] != (-1, 1):
        return False
    lower, upper = -document.value(interval.lower), document.value(interval.upper)
    if interval.estimate < 0:
        return True
    middle = interval.signs[0] * document.value(interval.estimate)
    return abs((lower + upper) / 2 - middle) < _OFF_CENTRE * (upper - lower)


_OFF_CENTRE = 0.1


def _told_measure(
    document: Document, interval: Interval, before: Interval | None, ratio: str | None
) -> tuple[str, bool]:
    tokens = document.tokens
    number = interval.estimate if interval.estimate >= 0 else interval.lower if interval.lower >= 0 else interval.upper
    first, _ = document.sentence(number)
    floor = max(tokens.starts[first], tokens.starts[number] - _REACH)
    start = tokens.starts[number]
    unit = interval.unit = unit_of(document, interval)
    if document.raw and (headed := measure_of_head(document, interval, start)) is not None:
        return headed, False
    same = before is not None and before.last >= first
    clause = max(floor, tokens.ends[before.last]) if before is not None and same else floor
    kinds = without_objects(tokens.text, named_in(document, clause, start))
    # Words between the estimate and its bounds: 0.77 [HR; 95% CI ...].
    end = max(interval.lower, interval.upper, number)
    inner = named_in(document, tokens.ends[number], tokens.starts[end]) if end > number and not unit else []
    named = document.letters[number] == "d" and named_ratio(document, number)
    measure = None if unit == "%" or named else _per_something(tokens.text, tokens.ends[number], kinds, inner)
    if measure is None and not unit and not named and not {kind for kind, *_ in kinds} & set(RATIOS):
        behind = _behind_bounds(document, interval, number)
        measure = _per_something(tokens.text, behind, kinds, inner) if _is_per_time(tokens.text, behind) else None
    if measure == "rate" and min(interval.signs) < 0:
        measure = "other"
    if measure is not None:
        of_one_list = same and before is not None and not kinds and before.unit == unit and measure == "other"
        return (before.measure, True) if of_one_list and before is not None else (measure, False)
    if not unit and min(interval.signs) > 0 and _told_as_rate(tokens.text, floor, start, kinds, inner):
        return "rate", False
    differs = "difference" in {kind for kind, *_ in kinds} or (
        before is not None and same and not kinds and before.measure == "difference"
    )
    kinds += [
        kind
        for kind in inner
        if kind[0] in RATIOS or (kind[0] == "other" and not (differs and tokens.text.startswith("per ", kind[1])))
    ]  # "a difference of 2.1 cells per 100" is no rate
    listed = next_of_list(document, interval, kinds, start, goes_on=same)
    if listed is not None:
        return listed, True
    found = _decide(document, interval, kinds, start)
    last = before if same else None
    if last is not None and last.unit == "%" and last.measure in _SHARES and _is_of_nobody(document, interval):
        interval.unit = "%"
        return last.measure, last.guessed
    said = _said_near(document, interval, found, kinds, clause, last, ratio)
    if said is not None:
        return said
    ratio_carried = before is not None and interval.carried and not unit and before.measure in RATIOS
    if found is not None and not (ratio_carried and found[1]):
        return found[0], start - found[2] > _NEAR
    if before is not None and (same or ratio_carried) and unit == before.unit:
        return before.measure, not (same and not kinds and _goes_on(document, interval, before))
    if last is not None and not unit and last.unit:
        if same_unit(document, interval, last):
            # "71.5% (66.0-76.4) with A and 64.2 (58.5-69.4) with B": the unit goes on as well.
            interval.unit = last.unit
            return last.measure, True
        if ratio is not None:
            # "(median 52.9 months [40.9-63.0]; 0.65 [0.45-0.94]": what has no unit after what has one is their ratio.
            return ratio, True
        if found is None and shaped_as_ratio(document, interval):
            found = ("other", True, start)
    found = found or _decide(document, interval, named_in(document, floor, start), start)
    if found is not None and (unit or not found[1] or _last_resort(document, interval) not in RATIOS):
        return found[0], start - found[2] > _NEAR
    if (
        before is not None
        and unit == before.unit
        and (not unit or interval.carried)
        and not (before.measure in RATIOS and _is_plainly_centred(document, interval))
    ):
        return before.measure, True
    return _by_unit(document, interval, floor, start), True


def _per_something(text: str, behind: int, kinds: list[Named], inner: list[Named]) -> str | None:
    """Return what a number is that is counted per so many: 3.1 per 100 person-years."""
    per_time = _is_per_time(text, behind)
    if not per_time and _PER.match(text, behind) is None:
        return None
    if "difference" in {kind for kind, _, _ in kinds}:
        return "difference"
    if {kind for kind, _, _ in inner} & {*RATIOS, "difference"}:
        return None
    return "rate" if per_time else "other"


_IR_PER = re.compile(rf"\brates? [(\[]irs?\b[,;:]? (?:expressed )?{PER.pattern}")
"""Where a text says once what its rates are counted per: "incidence rates (IRs, per 100 patient-years)"."""
_RATES = re.compile(r"\b(?:rates?|incidences?|irs?)\b")


def _told_as_rate(text: str, floor: int, start: int, kinds: list[Named], inner: list[Named]) -> bool:
    """Whether words before a number say of its kind that it is a rate: "incidence rates per 100 patient-years were"."""
    if any(kind in (*RATIOS, "difference", "relative-reduction") for kind, *_ in (*kinds, *inner)):
        return False
    told = _RATES.search(text, floor, start)
    if told is None:
        return False
    if told[0] in ("ir", "irs") and _IR_PER.search(text) is not None:
        return True
    yearly = "annuali" in text[max(floor, told.start() - 40) : told.start()]
    return yearly or PER.search(text, floor, start) is not None


def _said_near(
    document: Document,
    interval: Interval,
    found: tuple[str, bool, int] | None,
    kinds: list[Named],
    clause: int,
    last: Interval | None,
    ratio: str | None,
) -> tuple[str, bool] | None:
    """Return what the words behind a number, or its own shape, make of what the words before it say."""
    if (found is None or found[0] not in (*RATIOS, "other")) and (behind := named_behind(document, interval, clause)):
        return behind, behind == "relative-reduction"
    if interval.unit == "%" and _is_effectiveness(document, interval, found, clause):
        return "relative-reduction", False
    if found is None:
        return None
    if found[0] in _SHARES and (named := _ratio_of_survival(document, interval, kinds, last)):
        return named, True
    if found[0] in _SHARES and _of_a_difference(document, interval, kinds):
        return "difference", False
    if found[0] != "difference":
        return None
    if not interval.unit and found[1]:
        # "A clear reduction in stroke 0.45 (0.31-0.65)": words that say little, of numbers that only a ratio has.
        near = last.measure if last is not None and last.measure in RATIOS else ratio
        if near and about_one(document, interval, interval.unit):
            return near, True
        if shaped_as_ratio(document, interval) and (near or _last_resort(document, interval) in RATIOS):
            return near or _last_resort(document, interval), True
    # "The treatment differences were small for stroke (0.90 [0.80-1.02])".
    return ("difference", True) if about_one(document, interval, interval.unit) else None


_EFFECTIVENESS = re.compile(r"\b(?:vaccine|protective|prophylactic) (?:effectiveness|efficacy)\b[^.;]{0,220}$")


def _is_effectiveness(document: Document, interval: Interval, found: tuple[str, bool, int] | None, clause: int) -> bool:
    """Whether a percentage is the effectiveness of a vaccine, which may have decreased to it."""
    if found is not None and (
        found[0] not in ("difference", "proportion") or (found[0] == "difference" and not found[1])
    ):
        return False
    start = document.tokens.starts[interval.first]
    return min(interval.signs) > 0 and _EFFECTIVENESS.search(document.tokens.text, clause, start) is not None


def _ratio_of_survival(document: Document, interval: Interval, kinds: list[Named], last: Interval | None) -> str:
    """Return the ratio of a list of them by outcomes: "the HRs were alike (survival 0.50, CI 0.34-0.71; ..."."""
    if interval.unit or not shaped_as_ratio(document, interval):
        return ""
    named = [kind for kind, _, _ in kinds if kind in RATIOS]
    return named[-1] if named else last.measure if last is not None and last.measure in RATIOS else ""


_TIMED = re.compile(r"\b(?:[0-9]{1,2}|two|three|five|ten)[ -](?:years?|yr|months?|weeks?)\b")


_ALIVE = re.compile(
    rf"(?<!discharged )\balive (?:[a-z-]{{2,16}} ){{0,3}}(?:at|after|by) {_TIMED.pattern}[^.;:()%]{{0,40}}[(\[]?$"
)
"""What leads to how many lived: "more adults were alive without relapse at 6 months (60%"."""


def _by_unit(document: Document, interval: Interval, floor: int, start: int) -> str:
    """Return what a number most likely is whose measure nothing names."""
    if interval.unit == "%":
        end = document.tokens.ends[max(interval.last, interval.upper, interval.estimate)]
        end += len(document.tokens.text[end : end + 2]) - len(document.tokens.text[end : end + 2].lstrip(")]"))
        timed = free_behind(document.tokens.text, end) and _TIMED.search(document.tokens.text, floor, end + 160)
        alive = _ALIVE.search(document.tokens.text, floor, start)
        return "survival" if timed or alive else "proportion"
    if interval.unit in TIME:
        return "median" if min(interval.signs) > 0 else "difference"
    named = _last_resort(document, interval)
    if named == "other" and _RISK.search(document.tokens.text, floor, start) and shaped_as_ratio(document, interval):
        # "The estimated risk was 0.29 (0.11 to 0.77) in comparison with placebo."
        return "risk-ratio"
    return named


_ON = re.compile(
    r"(?:[;,] ?p ?[<>=≤≥]{1,2} ?[0-9.]{1,7})?[)\]]{0,2}"
    r"[^0-9;:]{0,70}"
    r"(?:\b(?:and|vs?|versus|than|against)\b|,)[^0-9;:]{0,40}"
)


_AT = re.compile(r" (?:at|after|by) (?:[0-9]{1,3} (?:year|month|week|day)s?|(?:week|month|year|day) [0-9]{1,3})\b")


def _is_of_nobody(document: Document, interval: Interval) -> bool:
    """Whether a share goes on as nought in words, with bounds from nought: "and in none (95% CI, 0 to 10) of those"."""
    if interval.estimate < 0 or document.letters[interval.estimate] != "k" or interval.lower < 0:
        return False
    return document.tokens[interval.estimate] in ("none", "zero") and document.value(interval.lower) == 0


def _goes_on(document: Document, interval: Interval, before: Interval) -> bool:
    """Whether two intervals with words of their own are joined: "was 0.72 (95% CI ...) for A and 0.50 (95% CI ...)"."""
    if interval.estimate < 0 or before.estimate < 0 or before.guessed:
        return False
    if min(interval.label, before.label) < 0 and not _is_printed_alike(document, interval, before):
        return False
    text, starts = document.tokens.text, document.tokens.starts
    between = text[document.tokens.ends[before.last] : starts[interval.estimate]]
    # "0.70 (...) at 1 year and 0.74 (...)": rates at two times may be of two groups, ratios are of the same.
    return _ON.fullmatch(_AT.sub("", between) if before.measure in RATIOS else between) is not None


def _is_printed_alike(document: Document, interval: Interval, before: Interval) -> bool:
    """Whether bounds without words stand right behind their estimate and have the decimals of those before."""
    of_both = [(one.estimate, one.lower, one.upper) for one in (interval, before)]
    if min(map(min, of_both)) < 0 or interval.label >= 0:
        return False
    numbers = [token for of in of_both for token in of]
    if any(document.letters[token] not in "dq" for token in numbers):
        return False
    told = document.decimals(numbers[0]) > 0 or document.letters[interval.estimate] == "q" or bool(interval.unit)
    alike = len({document.decimals(token) for token in numbers}) == 1 and told
    return alike and document.letters[interval.estimate + 1 : interval.lower] in _TO_BOUNDS


_TO_BOUNDS = frozenset(lead + sign for lead in ("(", "u(", ",", ";") for sign in ("", "m", "+"))


_NEAR = 150
"""Characters beyond which a word may speak of something else."""
_SHARES = ("proportion", "survival")
_DIFFERENCE_NEXT = re.compile(r"(?: absolute| percentage points?| points?)? differences?\b")


def _of_a_difference(document: Document, interval: Interval, kinds: list[Named]) -> bool:
    """Whether what looks like a share is a difference of shares: 4.6% difference; a difference ... of -3.6%."""
    if interval.estimate < 0:
        return False
    if _DIFFERENCE_NEXT.match(document.tokens.text, document.tokens.ends[interval.estimate]):
        return True
    return interval.signs[0] < 0 or (min(interval.signs) < 0 and "difference" in {kind for kind, _, _ in kinds})


_ALLOWED = {
    "%": ("difference", "survival", "share", "proportion", "relative-reduction", "mean", "median", "other"),
    "time": ("median", "mean", "difference", "survival", "other"),
    "unit": ("median", "mean", "difference", "other"),
    "": (*RATIOS, "difference", "median", "mean", "other", "relative-reduction", "survival", "share", "ratio"),
}
_RISK = re.compile(r"\b(?:risk|likelihood|incidence)s?\b")


def _decide(document: Document, interval: Interval, kinds: list[Named], number: int) -> tuple[str, bool, int] | None:
    """Return the last named measure that goes with a unit, whether it rests on a word that says little, and its place.

    "Lower" and "reduced" say little: they make a difference of the number only where they lead to it ("lower by 3",
    "a reduction of 5"), or where nothing else does.
    """
    unit = interval.unit
    allowed = _ALLOWED["%" if unit == "%" else "time" if unit in TIME else "unit" if unit else ""]
    weak = -1
    spread_out = False
    negative = min(interval.signs) < 0
    for at in range(len(kinds) - 1, -1, -1):
        kind, _, place = kinds[at]
        if kind in ("noun", "verb"):
            changed = of_a_change(document, interval, kinds, at, number)
            if isinstance(changed, tuple):
                return changed
            spread_out = spread_out or changed is not None
            weak = max(weak, -1 if changed is None else changed)
            continue
        if kind not in allowed:
            continue
        if negative and kind in RATIOS and not _is_right_before(document, interval, place, number):
            continue
        decide = OF_KIND.get(kind)
        decided = (kind, False, place) if decide is None else decide(document, interval, kinds, at, number)
        if decided is not None:
            return decided
    if weak >= 0 or (spread_out and unit and unit != "%"):
        return "difference", True, max(weak, 0) or number
    return None


def _is_right_before(document: Document, interval: Interval, place: int, number: int) -> bool:
    """Whether a name ends right before a number with decimals: an OR of -1.4, but not a heart rate by -4."""
    if interval.estimate < 0 or document.decimals(interval.estimate) == 0:
        return False
    return _RIGHT_BEFORE.fullmatch(document.tokens.text, place, number) is not None


_VERBS_TEXT = "was were is are of had averaged totalled equalled"
_VERBS = frozenset(_VERBS_TEXT.split())


def _last_resort(document: Document, interval: Interval) -> str:
    """Return the one ratio that a text names, for a number without unit that could be one."""
    if min(interval.signs) < 0:
        return "difference"
    if interval.estimate < 0 or min(interval.lower, interval.upper) < 0:
        return "other"
    if document.letters[interval.estimate - 1] in "wo" and document.tokens[interval.estimate - 1] in _VERBS:
        # "The index was 0.44": a quantity with a name that we do not know.
        return "other"
    if _is_plainly_centred(document, interval):
        # "The groups differed (0.061, 95% CI 0.005-0.12)": no ratio lies so.
        return "difference" if _DIFFERED.search(document.text_between(*document.sentence(interval.first))) else "other"
    return only_ratio(document)


_DIFFERED = re.compile(r"\bdiffer(?:ed|s|ence|ences)?\b|\bbetween (?:the )?(?:two )?(?:groups|arms)\b")
_FAR_OFF = 0.7
"""How far from the middle of its bounds on the log scale no ratio lies."""


def _is_plainly_centred(document: Document, interval: Interval) -> bool:
    """Whether an estimate lies in the middle of its bounds, and far from it on the log scale."""
    numbers = (interval.estimate, interval.lower, interval.upper)
    if min(numbers) < 0 or min(interval.signs) < 0 or "x" in {document.letters[token] for token in numbers}:
        return False
    value, lower, upper = (document.value(token) for token in numbers)
    if min(value, lower, upper) <= 0 or abs(math.log(value * value / (lower * upper))) < _FAR_OFF:
        return False
    half = 0.5 * 10.0 ** -min(document.decimals(token) for token in numbers)
    return abs(2 * value - lower - upper) <= 4 * half
