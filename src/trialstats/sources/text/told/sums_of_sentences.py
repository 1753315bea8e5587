"""Find a sentence that holds a total and its parts and no other number, where one digit keeps them from adding up.

"Ninety women took part: 40 were given tea and 60 milk": how such a sentence is built differs without end, but all its
numbers are there, and a slip of one digit, or of two that change places, leaves a sum near the total. So every whole
number of the sentence must be the total or a part, the total must be marked as one, and nothing may speak of people who
left. Kinds are added up only where words say that nothing is of two of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from trialstats.reported import Reported
from trialstats.sources.text.tokens.figures import in_figures
from trialstats.sources.text.told.kinds_of_things import one_digit_off
from trialstats.sources.text.told.people_parted import Parted
from trialstats.sources.text.told.shares_of_one import SAYS_ONCE, SUBJECT, are_apart

THINGS = (
    r"(?:patients|participants|subjects|wom[ae]n|m[ae]n|children|infants|adults|volunteers|people|individuals|girls|boys"
    r"|babies|neonates|newborns|adolescents|students|pupils|mothers|residents|persons|couples|families|smokers|dyads"
    r"|carers|caregivers|nurses|veterans|workers|donors|recipients|respondents|athletes|eyes|teeth|knees|hips|limbs"
    r"|lesions|sites|wounds|ulcers|practices|clusters|hospitals|villages|schools|wards|clinics|cent(?:re|er)s"
    r"|communities|households|homes|units|districts|classes|tumou?rs|implants|grafts|catheters|procedures|biopsies"
    r"|samples|specimens|isolates|strains|deaths|births|deliveries|withdrawals|fractures|strokes|infections|cases"
    r"|episodes|stones|farms|pregnancies|dogs|cats|horses|cows|calves|pigs|sheep|lambs|rats|mice|rabbits|hens)"
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_UNIT = (
    r"(?:mg|g|kg|m[lL]|[uµμ]g|mcg|iu|IU|Gy|mm|cm|hours?|h|days?|weeks?|months?|years?|min(?:ute)?s?|cycles?|doses?|times"
    r"|countries|points?|fractions|fold|U|mM|nm|dB|Hz)"
)
_NO_COUNT = re.compile(
    r"[(\[][^()\[\]]{0,40}%[^()\[\]]{0,20}[)\]]|\d+(?:[.,·]\d+)* ?(?:%|per ?cent\b)|\d+[.·]\d+"
    rf"|\d[\d,.]*(?:(?:[- –]|to |and ){{1,2}}\d[\d,.]*)?[- ]?{_UNIT}\b|\b{_MONTH} \d{{1,2}}(?!\d)|\b\d{{1,2}} {_MONTH}"
    r"|\b(?:19|20)\d\d\b(?! [a-z])|\d+:\d+(?::\d+)?"
    r"|\b(?i:phase|stage|grade|type|part|day|week|month|year|aged?|class|step|level|score|zone|exon|arm|group)s? \d+"
    r"(?: (?:or|and|to) \d+)?|[A-Za-z]-?\d+|\d+-[a-z]+|\d+(?:st|nd|rd|th)\b|(?<![nN])(?<![nN] )[<>≤≥=±] ?-?\d[\d.,]*"
)
"""Numbers that count nothing: shares, doses, times, dates, names."""
_WHOLE = re.compile(r"(?<![\d.,·/-])(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,6}(?![\d/]|[.,]\d))")
_BEHIND_TOTAL = re.compile(rf" (?:[a-z-]{{1,20}} ){{0,4}}?{THINGS}\b")
_TOTAL_BEFORE = re.compile(
    r"(?:\b(?:making|totall?ing|(?:a )?total(?: number)?(?: of [a-z]+)? (?:of|was)|populations? of|in all,?"
    r"|altogether,?"
    r"|of (?:the|all|these))|[Oo]f|[Aa]mong(?: the| all| these)?|[Tt]he) ?$"
    r"|\(N ?= ?$"
)
_TOTAL_BEHIND = re.compile(r" (?:[a-z]{2,20} ){0,3}?(?:in all|altogether|in total|all told)\b")
_ASSIGNED = re.compile(
    r"\b(?:assign|alloc|allot|randomi[sz]|took part|gave|given|receiv|suppl|took|treat|offered|got|underwent)",
    re.IGNORECASE,
)
_ONE_ARM = re.compile(
    r"(?:\b(?:to|with|received|receiving|given|took|got|had|underwent|supplied|using|on|neither|none|did not|the"
    r"|for|in)\b"
    r"|n ?= ?\d)",
    re.IGNORECASE,
)
_MAY_HAVE_LEFT = re.compile(
    r"\b(?:lost|drop|died|death|aged|mean|median|female|male|available|per|each|both|planned|power|required|sample size"
    r"|v|vs|versus|events?|developed|showed|achieved|reported|compared|second|first|crossed|cross-?over|further|additional"
    r"|another|included|met|stratum|strata|cohort|run-in|entered|continued|remain|stopped|later|then|again|also|twice"
    r"|visited|attended|seen|than|previous|prior|history|respectively|whereas|while)\b"
    r"|\b(?:screen|complet|evalu|analy[sz]|exclu|withdr|discontinu|respon[ds]|surviv|refus|declin|consent|follow|relaps"
    r"|progress|assess|retain|re-?random|eligib\w* (?:and|but)|ineligib)",
    re.IGNORECASE,
)
"""Words for people who may not be in an arm, or are told of an arm and are none; the second are beginnings of words."""
_AT_ONCE = re.compile(
    r"\b(?:randomi[sz]|assign|alloc|allot|took part|treated|in all|altogether|making|total population|in total|all told"
    r"|neither)|\(n ?= ?\d+\),? or ",
    re.IGNORECASE,
)
"""Words by which everybody of a total has an arm."""
_ENROLLED = re.compile(r"\b(?:enrol|recruit|register|invit|approach|includ)", re.IGNORECASE)
_OTHER_COUNT = re.compile(
    r"[ (](?:[A-Z]?[a-z-]+ ){0,2}?(?:sites|cent(?:re|er)s|hospitals|countries|practices|clinics|groups|arms|trials"
    r"|studies|schools|villages|visits|treatments|regimens|items|questions)\b"
)
_LONGEST, _MOST_OVER, _FEWEST_KINDS = 450, 1.3, 3


def find_sums_of_arms(text: str, sentences: Sequence[tuple[int, int]]) -> Iterator[Parted]:
    """Yield the sentences that part people into arms whose sizes do not add up to the total.

    Examples
    --------
    >>> text = "Two hundred dogs took part: 130 patients were given tea and 80 milk."
    >>> list(find_sums_of_arms(text, [(0, len(text))]))
    []
    >>> text = "Ninety women took part: 40 were given tea and 60 milk."
    >>> [one.parts for one in find_sums_of_arms(text, [(0, len(text))])]
    [(40, 60)]
    """
    for begin, stop in sentences:
        if stop - begin > _LONGEST or _ASSIGNED.search(text, begin, stop) is None:
            continue
        words = in_figures(text[begin:stop])
        numbers = whole_numbers(words)
        found = _total(words, numbers) if 3 <= len(numbers) <= 6 else None
        if found is None or _MAY_HAVE_LEFT.search(words):
            continue
        if any(_OTHER_COUNT.match(words, end) for at, (_, _, end) in enumerate(numbers) if at != found):
            continue
        whole, parts = numbers[found][0], tuple(n for at, (n, _, _) in enumerate(numbers) if at != found)
        if (
            things_apart(words, [end for _, _, end in numbers])
            or not _all_have_an_arm(words, numbers, found)
            or not _by_a_slip(whole, parts)
        ):
            continue
        if sum(parts) < whole and (not _AT_ONCE.search(words) or _ENROLLED.search(words)):
            continue
        yield _sum(words, numbers, found, begin)


def find_sums_of_kinds(text: str, sentences: Sequence[tuple[int, int]]) -> Iterator[Parted]:
    """Yield the sentences that sort things into kinds whose numbers do not add up to the total.

    Examples
    --------
    >>> text = "Of the 90 stones, 41 were flat, 34 round and 25 square, and each stone was counted once."
    >>> [one.parts for one in find_sums_of_kinds(text, [(0, len(text))])]
    [(41, 34, 25)]
    >>> text = "Of the 90 stones, 41 were flat, 34 wet and 25 red."
    >>> list(find_sums_of_kinds(text, [(0, len(text))]))
    []
    """
    for begin, stop in sentences:
        if stop - begin > _LONGEST:
            continue
        words = in_figures(text[begin:stop])
        numbers = whole_numbers(words)
        numbers = [one for one in numbers if one[0] != len(numbers) - 2]  # "three kinds: 71 red, 58 blue and 35 grey"
        found = _total(words, numbers) if len(numbers) > _FEWEST_KINDS else None
        if found is None:
            continue
        whole, parts = numbers[found][0], tuple(n for at, (n, _, _) in enumerate(numbers) if at != found)
        once = SAYS_ONCE.search(text, begin, stop) is not None
        if not _by_a_slip(whole, parts) or (sum(parts) < whole and not once):
            continue
        told = _sum(words, numbers, found, begin)
        of_change = _IMPROVED.search(words) is not None and _WORSE.search(words) is not None
        if not (once or of_change or any(one.search(words) for one in (SUBJECT, _OF_ONE, _COPULA))):
            continue
        reasons = _REASONS.search(words) is not None
        left = _CHANGED.sub(" ", words) if of_change else words
        if not (once or reasons) and (_SEVERAL.search(words) or are_apart(left)):
            continue
        if _COMPARED.search(words) or _LABELS.search(words):
            continue
        yield told


_IMPROVED = re.compile(r"\b(?:improved|better|gained)\b", re.IGNORECASE)
_WORSE = re.compile(r"\b(?:worse(?:ned)?|deteriorated|declined|lost)\b", re.IGNORECASE)
_CHANGED = re.compile(r"\b(?:improved|worsened|declined)\b", re.IGNORECASE)
_OF_ONE = re.compile(r"\b(?:education|schooling|occupation|marital|insurance)\b")
"""What everybody has one of."""
_COPULA = re.compile(
    r"\b(?:was|were) (?:[a-z-]+ ){1,3}in \d+(?: \([^()]*\))?, (?:[a-z-]+ ){1,3}in \d+[^.;:]{0,40}\b(?:or"
    r"|and) (?:[a-z-]+ ){1,4}in \d"
)
"""One verb for all kinds: "was clean in 120, contaminated in 58 and dirty in 22"."""
_REASONS = re.compile(
    r"\b(?:withdrawals|discontinuations|drop-?outs|exclusions|deaths) (?:were|was) (?:for|due to|because of)\b"
)
_SEVERAL = re.compile(
    r"adverse|symptom|side[- ]effect|complication|comorbid|co-morbid|toxicit|risk factor|events?\b|medication|drugs?\b"
    r"|multiple|overlap|more than one (?:of|reason)|several",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:v|vs|versus|compared|respectively|groups?|arms?|placebo|controls?|whereas|while|of whom|of these|of them"
    r"|includ\w*|median|mean)\b"
)


_WHAT = re.compile(
    rf" (?:[a-z-]{{1,20}} ){{0,2}}?(?P<what>{THINGS}\b"
    r"|[a-z]{3,20}s(?= (?:were|was|had|underwent|gave|met|received)\b))"
)
_OF_PEOPLE = re.compile(
    r"patients|participants|subjects|wom[ae]n|m[ae]n|children|infants|adults|volunteers|people|individuals|girls|boys"
    r"|babies|neonates|newborns|adolescents|persons|cases"
)
"""Words that may be said of the same people."""


_LABELS = re.compile(r"\d in \d+\b[^.]{0,20}\d in \d")
"""Grades or scores with their counts: "0 in 88, 1 in 61"."""


def things_apart(words: str, ends: Sequence[int]) -> bool:
    """Whether words right behind some numbers name two things counted: "90 eyes, 64 patients".

    Examples
    --------
    >>> things_apart("90 eyes; 64 patients", [2, 11]), things_apart("90 women; 64 patients", [2, 12])
    (True, False)
    """
    what = {found["what"] for end in ends if (found := _WHAT.match(words, end))}
    of_people = {one for one in what if _OF_PEOPLE.fullmatch(one)}
    return len(what - of_people) + bool(of_people) > 1


def whole_numbers(words: str) -> list[tuple[int, int, int]]:
    """Return what a sentence counts: the number, and where its digits begin and end.

    Examples
    --------
    >>> whole_numbers("Of 1,205 men 17% took 5 mg and 40 died")
    [(1205, 3, 8), (40, 31, 33)]
    """
    left = _NO_COUNT.sub(lambda one: "#" * len(one[0]), words)
    return [(int(one[0].replace(",", "")), one.start(), one.end()) for one in _WHOLE.finditer(left)]


def _total(words: str, numbers: Sequence[tuple[int, int, int]]) -> int | None:
    """Return which number of a sentence is called the total of the others: the first or the last."""
    for at in (0, len(numbers) - 1):
        n, start, end = numbers[at]
        if n <= max(other for k, (other, _, _) in enumerate(numbers) if k != at) or n < _SMALLEST:
            continue
        before = _TOTAL_BEFORE.search(words, max(0, start - 40), start)
        if before is None and not _TOTAL_BEHIND.match(words, end) and not (at == 0 and _BEHIND_TOTAL.match(words, end)):
            continue
        return at
    return None


_SMALLEST = 12


def _all_have_an_arm(words: str, numbers: Sequence[tuple[int, int, int]], total: int) -> bool:
    """Whether words for an arm stand beside every part, behind it or before it."""
    ends = [*(start for _, start, _ in numbers[1:]), len(words)]
    starts = [0, *(end for _, _, end in numbers[:-1])]
    behind = [words[end:stop] for (_, _, end), stop in zip(numbers, ends, strict=True)]
    before = [words[first:start] for first, (_, start, _) in zip(starts, numbers, strict=True)]
    rows = [[row[at] for at in range(len(numbers)) if at != total] for row in (behind, before)]
    return any(all(_ONE_ARM.search(one) or _NAMED.search(one) for one in row) for row in rows)


_NAMED = re.compile(r"^ [a-z]|[a-z] \($")
"""What follows the size of an arm, or leads to it in a bracket: its name."""


def _by_a_slip(whole: int, parts: Sequence[int]) -> bool:
    added = sum(parts)
    return (
        added != whole
        and max(added, whole) <= _MOST_OVER * min(added, whole)
        and one_digit_off(whole, tuple(map(str, parts)))
    )


def _sum(words: str, numbers: Sequence[tuple[int, int, int]], total: int, begin: int) -> Parted:
    parts = tuple(n for at, (n, _, _) in enumerate(numbers) if at != total)
    named = re.match(rf" (?:[a-z-]{{1,20}} ){{0,4}}?(?P<who>{THINGS})\b", words[numbers[total][2] :])
    whole, who = Reported(str(numbers[total][0])), "patients" if named is None else named["who"]
    return Parted(whole, parts, True, begin + numbers[0][1], begin + numbers[-1][2], who, alone=True)
