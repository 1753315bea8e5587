"""Arms that a sentence counts the patients of: "38 to the drug group and 36 to placebo"."""

from __future__ import annotations

import re

from trialstats.sources.text.groups.numbers import IN_WORDS, PEOPLE
from trialstats.sources.text.groups.phrases import both_of, is_dose
from trialstats.sources.text.groups.prose import Phrase, Prose
from trialstats.sources.text.groups.regimens import SERIES
from trialstats.sources.text.groups.schedules import differs_in_schedule, with_schedules
from trialstats.sources.text.groups.scores import Listed
from trialstats.sources.text.groups.trimmed import UNITS, trimmed

_BEHIND_NUMBER = (
    r"(?: \([^()]{1,20}\))?(?: (?:patients|participants|subjects|women|men|children|of them|infants|individuals|adults"
    r"|cases))?(?: \([^()]{1,20}\))?(?: (?:were|was|ha[ds] been|have been))?(?: (?:randomly|then))?"
    r"(?: (?:assigned|allocated|randomi[sz]ed|enrolled))?"
    r"(?: (?:to|received|given|took|underwent|into|in|on|with|at(?= (?:an? )?(?:daily )?(?:dose of )?[0-9])))"
    r"(?: a (?:daily )?dose of)?"
    r"(?: (?:the|an?|receive|either))* (?=[a-z0-9])"
)


_COUNTED = re.compile(rf"[0-9](?:%|(?= )){_BEHIND_NUMBER}")


_COUNTED_IN_WORDS = re.compile(rf"{IN_WORDS}(?= ){_BEHIND_NUMBER}")


_IN_LETTERS = (
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "ten ", "eleven", "twelve",
    "thir", "four", "fif", "six", "seven", "eight", "nine",
)  # fmt: skip


def counts(text: str, start: int, stop: int) -> list[re.Match[str]]:
    """Return where numbers stand, in digits or words, that lead to an arm."""
    found = list(_COUNTED.finditer(text, start, stop))
    for word in _IN_LETTERS:
        at = text.find(word, start, stop)
        while at >= 0:
            match = _COUNTED_IN_WORDS.match(text, at, stop) if not text[at - 1 : at].isalpha() else None
            if match is not None:
                found.append(match)
            at = text.find(word, at + len(word), stop)
    found.sort(key=lambda match: match.start())
    return [match for match in found if not _is_from_to(text, match)]


_FROM = re.compile(r"\bfrom (?:(?:an?|mean|median|average|baseline|of) ){0,4}[0-9.,]{0,8}$")
_TO_A_NUMBER = re.compile(r"[0-9]%? to (?:(?:an?|mean|median|average|of) ){0,4}$")


def _is_from_to(text: str, match: re.Match[str]) -> bool:
    """Whether a number is where a change begins: "fell from 148 to 132 mm Hg with zinc" counts nobody."""
    start = match.start()
    return (
        _TO_A_NUMBER.fullmatch(match[0]) is not None
        and text[match.end() : match.end() + 1].isdigit()
        and _FROM.search(text, max(0, start - 40), start + 1) is not None
    )


_NEXT = re.compile(
    r"(?:,? and |[,;] )(?:the (?:other |remaining )?)?(?P<n>[0-9]{1,6})(?: \([0-9.]{1,5} ?%\))? (?=[a-z])"
)
_NO_NAME = re.compile(
    rf"(?:{PEOPLE}|{UNITS}|of|to|in|on|at|or|and|were|was|had|did|died|left|withdrew|dropped|refused|more|events?"
    rf"|deaths?"
    r"|who|received|[a-z]+ed)\b"
)
_LAST_NUMBER = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+$|[0-9]+$")
_TOTAL = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?:,[0-9]{3})+|(?<![0-9.,])[0-9]{2,6}(?![0-9.,]*%)")
_BEFORE, _NEAR, _LONGEST = 200, 0.05, 400
_FEWEST = 5


def _adding_up(text: str, spans: list[tuple[int, int]], stop: int) -> list[tuple[int, int]]:
    """Return the counts of a list that add up to about a number printed before, be there no verb with them but once.

    "Of 905 infants, 302 received zinc, 299 iron and 304 neither".
    """
    known = dict(spans)
    first = _LAST_NUMBER.search(text, max(0, spans[0][0] - 8), spans[0][0] + 1)
    end = text.find(".", spans[0][1], min(stop, spans[0][1] + _LONGEST))
    found, added = [spans[0]], int(first[0].replace(",", "")) if first is not None else 0
    for match in _NEXT.finditer(text, spans[0][1], end if end >= 0 else min(stop, spans[0][1] + _LONGEST)):
        at = match.end("n") - 1
        if int(match["n"]) < _FEWEST:
            return []
        if at not in known and _NO_NAME.match(text, match.end()) is not None:
            return []
        found.append((at, known.get(at, match.end())))
        added += int(match["n"])
    if len(found) < max(2, len(spans)) or first is None:
        return []
    totals = [
        int(one[0].replace(",", "")) for one in _TOTAL.finditer(text, max(0, first.start() - _BEFORE), first.start())
    ]
    return found if any(abs(added - total) <= _NEAR * total for total in totals) else []


# "703 adults with chronic pain": no arm, but who they are.
_DESCRIBED = re.compile(
    r"(?:patients|participants|subjects|women|men|children|infants|individuals|adults|cases)(?: \([^()]{1,20}\))? "
    r"with (?:(?:the|an?) )*$"
)


_AND_NUMBER = re.compile(
    rf",? (?:and|while|whereas) (?:[0-9]|{IN_WORDS}\b|were|was|received|who|had)|,? [0-9]+$|[;.]|, (?!and)|,? and ?$|$"
)


_GIVEN = re.compile(r" (?:given|took|underwent) ")
_ALLOTTED = re.compile(r" (?:treated|given|took|underwent|received|assigned|allocated|randomi[sz]ed|to) ")


def counted_arms(prose: Prose, start: int, stop: int, *, allocated: bool) -> Listed | None:
    """Return the phrases behind the numbers of "38 to the drug group and 36 to placebo".

    Parameters
    ----------
    prose : Prose
    start, stop : int
        Of a sentence.
    allocated : bool
        Whether the sentence tells that patients were allocated.
    """
    flat = prose.text
    matches = counts(flat, start, stop)[:8]
    found: list[Phrase] = []
    seen: set[str] = set()
    spans = [match.span() for match in matches if _DESCRIBED.search(match[0]) is None]
    told = _adding_up(flat, spans, stop) if spans else []
    plain = [span for span in spans if not _GIVEN.search(flat, *span)]
    spans = told or plain
    for number, (_, begin) in enumerate(spans if len(spans) > 1 else ()):
        following = spans[number + 1][0] if number + 1 < len(spans) else stop
        series = SERIES.match(flat, begin, min(stop, begin + 90, following))
        # "38 to the A, B, and C group"
        grouped = series is not None and flat.startswith((" group", " arm", " regimen"), series.end())
        from_here = series.end() if series is not None and grouped else begin
        last = _AND_NUMBER.search(flat, from_here, min(stop, begin + 90, following))
        if last is None:
            continue
        phrase = both_of(prose, begin, last.start(), found) or trimmed(flat, begin, last.start())
        if phrase is None:
            continue
        if is_dose(flat, phrase) and not flat.startswith((" group", "-group", " arm"), phrase.end):
            dose = _other_dose(flat, found, phrase)
            if dose is None:
                continue
            phrase = dose
        words = flat[phrase.start : phrase.end]
        if words in seen and not differs_in_schedule(prose, phrase, found):
            break
        seen.add(words)
        found.append(phrase)
    found = _without_all(flat, found)
    # "44 to zinc or iron: 21 to zinc and 23 to iron"
    single = [phrase for phrase in found if " or " not in flat[phrase.start : phrase.end]]
    found = with_schedules(prose, single if len(single) > 1 else found)
    if len(found) < 2:
        return None
    if allocated and len(told) <= len(plain):
        return Listed(7, found)
    # One verb for all of them says less than one for each.
    return Listed(6 if len(told) == len(found) and _ALLOTTED.search(flat, *told[0]) else 3, found)


def _without_all(flat: str, found: list[Phrase]) -> list[Phrase]:
    """Leave out what all had before the parts are counted: "96 received infusions: 49 with zinc and 47 with iron"."""
    if len(found) < 3 or not flat.startswith(":", found[0].end):
        return found
    return found[1:]


_DOSED = re.compile(rf"(?P<number>[0-9][0-9.,]*)[ -]?(?P<unit>{UNITS})(?![\w-])")
_AT_A_DOSE = re.compile(r"(?:,? (?:at|in|given))?(?: (?:an?|the))?(?: (?:daily |total |single )?dos(?:e|age) of)? ?$")


def _other_dose(flat: str, found: list[Phrase], phrase: Phrase) -> Phrase | None:
    """Return the arm that a dose alone stands for, by the arm before it: "31 to 20 mg of zinc, 27 to 40 mg"."""
    own = _DOSED.match(flat, phrase.start, phrase.end)
    before = found[-1] if found else None
    dose = _DOSED.search(flat, before.start, before.end) if before is not None else None
    if own is None or before is None or dose is None:
        return None
    if own["unit"] != dose["unit"] or own["number"] == dose["number"]:
        return None
    if dose.start() == before.start and not before.unit:
        return phrase  # the words behind the first dose are those of both
    drug = before.head or flat[before.start : dose.start()]
    drug = drug[: _AT_A_DOSE.search(drug).start()]  # type: ignore[union-attr]
    if not before.unit:
        found[-1] = Phrase(*dose.span(), drug, unit=dose["unit"])
    return Phrase(*own.span(), drug, unit=own["unit"])
