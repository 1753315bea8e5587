"""Find counts of the kinds of one thing: "Of the 245 stones, 104 were flat, 85 round, 31 long and 25 mixed".

A list is one of kinds where its entries have one verb together ("were", or none behind a colon) and name nothing that a
patient had or did, of which one may have several. People are of one kind only where all entries share a word ("type A,
type B"): somebody is a man, a smoker and a diabetic, but a stone has one shape. A list whose sum is far above its total
is left alone all the same, as is one that no other digit, or two in the other order, would put right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_N = r"(?<![\d.,·/<>≤≥±+=-])\d{1,5}"
_SHARE = r"(?: ?[(\[]\d{1,3}(?:[.·]\d{1,2})?%[)\]])?"
_WORDS = r"(?:[^0-9.;:()\[\],]|(?<=[A-Za-z-])\d)"
_PEOPLE = (
    r"(?:patients|participants|subjects|women|men|children|adults|infants|people|individuals|volunteers|babies|neonates"
    r"|respondents|cases|pregnancies)"
)
_THINGS = (
    rf"(?:(?P<people>{_PEOPLE})|tumou?rs|cancers|carcinomas|isolates|strains|samples|specimens|biopsies|stones|fractures|strokes"
    r"|infections|lesions|aneurysms|births|deliveries|deaths"
    r"|withdrawals|discontinuations|drop-?outs|exclusions|operations|procedures|centres|centers|hospitals"
    r"|practices|schools|studies|trials)"
)
_ENTRIES = (
    rf"(?P<parts>{_N}{_SHARE} (?:(?:were|was) (?:classified as )?)?{_WORDS}{{2,45}}?(?:,? and |, )"
    rf"(?:{_N}{_SHARE} {_WORDS}{{2,45}}?(?:,? and |, )){{1,6}}{_N}{_SHARE} {_WORDS}{{2,45}})(?=[.;](?:\s|$)|$)"
)
_OF_THINGS = re.compile(
    rf"\b(?:[Oo]f|[Aa]mong) (?:the |these |those |all (?:the |of the )?)?(?P<n>{_N}) (?:[a-z-]{{1,20}} ){{0,3}}?"
    rf"{_THINGS}\b[^0-9.;:(),]{{0,60}}(?:, (?=\d{{1,5}}{_SHARE} (?:were|was) )|: ){_ENTRIES}"
)
_BEHIND_COLON = re.compile(
    rf"(?P<n>{_N}) (?:[a-z-]{{1,20}} ){{0,3}}?{_THINGS}\b(?P<how>[^0-9.;:()]{{0,60}}): {_ENTRIES}"
)
_VERB = re.compile(
    r"\b(?:were|was|had|has|have|having|with|received|receiving|reported|developed|experienced|underwent|took|died|completed"
    r"|showed|achieved|responded|required|needed|withdrew|discontinued|tested|used|using|on|to|attended|lost|who|whose|than"
    r"|per|each|both|also|included|including|respectively|vs?|versus|median|mean|years?|months?|weeks?|days?|hours?|mg)\b"
)
"""What a patient may have had or done beside another entry, or what makes another list of it."""
_SEVERAL = re.compile(
    r"adverse|symptom|side[- ]effect|complication|comorbid|co-morbid|toxicit|risk factor|events?\b|medication|drugs?\b"
    r"|treatments?\b|multiple|overlap",
    re.IGNORECASE,
)
_PARTED = re.compile(
    r"\b(?:compris(?:ed|ing)|consist(?:ed|ing) of|belonged to|(?:fell|divided|sorted|split|grouped|classified|parted) "
    r"(?:in)?to|of) (?:the )?(?P<many>two|three|four|five|six|seven|eight) [a-z -]{3,30}$"
)
_OTHER_REASONS = re.compile(r"\bother reasons\W*$")
"""What closes a list of reasons, of which everybody has one."""
_MANY = ("two", "three", "four", "five", "six", "seven", "eight")
_PART = re.compile(rf"{_N}(?!%|[.·]\d)(?=(?: ?[(\[]|\s))")
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_FIRST_VERB = re.compile(rf"^({_N}{_SHARE}) (?:were|was) ")
_MOST_OVER = 1.3


def find_kinds(text: str) -> Iterator[tuple[str, tuple[str, ...], int, int]]:
    """Yield totals, with the counts of their kinds that do not add up to them, and where they begin and end.

    Examples
    --------
    >>> [one[:2] for one in find_kinds("Of the 45 stones, 14 were flat, 25 round and 16 long.")]
    [('45', ('14', '25', '16'))]
    """
    told: set[int] = set()
    for form in (_OF_THINGS, _BEHIND_COLON):
        for found in form.finditer(text):
            listed = _IN_BRACKETS.sub("", _FIRST_VERB.sub(r"\1 ", found["parts"]))
            parts = tuple(_PART.findall(listed))
            other = form is _BEHIND_COLON and _OTHER_REASONS.search(listed) is not None
            if found.start("n") in told or _VERB.search(listed) or (_SEVERAL.search(found[0]) and not other):
                continue
            if found["people"] and not _shared(listed):
                continue
            whole, added = int(found["n"]), sum(map(int, parts))
            parted = _PARTED.search(found["how"]) if form is _BEHIND_COLON else None
            closed = other or (parted is not None and _MANY.index(parted["many"]) + 2 == len(parts))
            over = whole < added <= _MOST_OVER * whole
            if (over or (closed and added != whole)) and one_digit_off(whole, parts):
                told.add(found.start("n"))
                yield found["n"], parts, found.start("n"), found.end()


def _shared(listed: str) -> set[str]:
    """Return the words that all entries of a list have in common."""
    entries = [set(_WORD.findall(one.lower())) for one in re.split(r"(?<![\d.,])\d{1,5} ", listed) if one.strip()]
    return set.intersection(*entries) if entries else set()


_WORD = re.compile(r"[a-z]{4,}")


def one_digit_off(whole: int, parts: tuple[str, ...]) -> bool:
    """Whether another digit in a part or in the total, or two that change places, would make them add up.

    Examples
    --------
    >>> one_digit_off(90, ("40", "60")), one_digit_off(90, ("45", "62"))
    (True, False)
    """
    apart = whole - sum(map(int, parts))
    meant = [(one, str(int(one) + apart)) for one in parts] + [(str(whole), str(whole - apart))]
    return any(len(one) == len(right) and _is_near(one, right) for one, right in meant)


def _is_near(one: str, other: str) -> bool:
    apart = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    return len(apart) == 1 or (len(apart) == _TWO and apart[1] == apart[0] + 1 and sorted(one) == sorted(other))


_TWO = 2
