"""Alternatives of which one says what the other leaves out: "A with or without B", "A with early or late B"."""

from __future__ import annotations

import re

from trialstats.sources.text.groups.controls import CONTROL
from trialstats.sources.text.groups.kinds import ADJECTIVE
from trialstats.sources.text.groups.prose import ALONE, NOT, Phrase, Prose
from trialstats.sources.text.groups.trimmed import LONGEST_PHRASE, trimmed

# "or both drugs": what was named before, together
BOTH_NEXT = (
    r" (?:(?:study|active) )?(?:supplements|methods|techniques|tests|modalities|strategies|drugs|treatments"
    r"|interventions|agents|vitamins|therapies|medications|medicines|micronutrients|components|procedures|exercises"
    r"|programm?e?s|vaccines)\b"
)
# Words behind "or" that say it joins no arms.
_NO_ARM_NEXT = (
    r"more|without|older|less|greater|higher|above|equal|their(?! (?:matching |respective "
    r"|corresponding )?placebos?\b)|lower|fewer|younger|later|earlier|death"
    rf"|both(?! \(|,|\.|;| as | for |$|{BOTH_NEXT})|any|other|recurrent|unresectable|metastatic|until|unacceptable"
    r"|intolerable|withdrawal|study withdrawal|toxicity|prohibitive|patient(?!-)|consent|unmanageable|excessive"
    r"|discontinuation|relapse"
    r"|progression|progressive|loss|disease|its(?! (?:matching |respective |corresponding )?placebos?\b)|so|for|when"
    r"|if|after|during|locally|advanced"
)


ALTERNATIVE = re.compile(
    rf" (?:or(?! [=<>≥≤])(?! (?:{_NO_ARM_NEXT})\b)|versus|vs\.?|v|(?:as )?compared (?:with|to)|against)"
    r"(?: (?:else|to|with|in|the|a|an|either|receive|received|be treated with|treated with|undergo|for))* "
)


MOST = 8


_PLACEBO_PLUS = re.compile(
    r"(?P<name>(?:matching |matched )?placebo(?: ?\(\x01*\))?),? (?P<joint>plus|combined with|in combination with"
    r"|added to|\+) "
)


_ALL_PLUS = re.compile(
    r"(?:[ ,]\x01+)?(?: ?\(\x01*\))?,? (?:both|each|all)(?: given)? (?:plus|with|combined with|in combination with"
    r"|added to) "
)


_HAS_JOINT = re.compile(r" (?:plus|with|and|combined with|in combination with|added to|followed by) |\+")


def with_what_all_have(prose: Prose, phrases: list[Phrase]) -> list[Phrase]:
    """Add to the first of "A or placebo plus B" and "A or placebo, both with B" what all of them are given."""
    if len(phrases) < 2 or any(one.head or one.common for one in phrases):
        return phrases
    flat = prose.flat
    if (told := _as_placebo(prose, phrases)) is not None:
        return told
    last: Phrase | None = phrases[-1]
    if last is None or any(_HAS_JOINT.search(flat, one.start, one.end) for one in phrases[:-1]):
        return phrases
    if (own := _PLACEBO_PLUS.match(flat, last.start, last.end)) is not None:
        added = Phrase(own.end(), last.end)
        phrases = phrases[:-1]
    elif (of_all := _ALL_PLUS.match(flat, last.end)) is not None and "placebo" in flat[last.start : last.end]:
        stop = flat.find(". ", of_all.end(), of_all.end() + LONGEST_PHRASE)
        behind = trimmed(flat, of_all.end(), stop if stop >= 0 else of_all.end() + LONGEST_PHRASE)
        if behind is None:
            return phrases
        added, last = behind, None
    else:
        return phrases
    words = prose.words(added)
    longer = [Phrase(one.start, one.end, common=prose.words(one), added=words) for one in phrases]
    return [*longer, last] if last is not None else longer


def _as_placebo(prose: Prose, phrases: list[Phrase]) -> list[Phrase] | None:
    """Return A plus placebo and A plus B of "A plus placebo or B", where the text speaks of both together elsewhere."""
    first, second = phrases[0], phrases[-1]
    with_placebo = _WITH_PLACEBO.fullmatch(prose.flat, first.start, first.end)
    if len(phrases) != len((first, second)) or with_placebo is None:
        return None
    common, other = with_placebo["common"], prose.words(second)
    pairs = [(one, joint, two) for one, two in ((common, other), (other, common)) for joint in _TOGETHER]
    if _HAS_JOINT.search(other) or not any(prose.count(f"{one}{joint}{two}") for one, joint, two in pairs):
        return None
    return [first, Phrase(second.start, second.end, common=common)]


_WITH_PLACEBO = re.compile(r"(?P<common>[a-z][^()]{2,60}?) (?:plus|with|and|combined with) (?:matching )?placebo")
_TOGETHER = (" plus ", " with ", " and ", " + ", "+", "-", "/", " combined with ", " in combination with ")


_KIND_AT_END = re.compile(r" (?P<joint>with|and|plus|followed by) (?P<kind>[a-z-]+)(?: ?\(\x01*\))?,?$")


_FIRST_WORD = re.compile(r"[a-z-]+")


def two_kinds(prose: Prose, pieces: list[tuple[int, int]]) -> list[Phrase]:
    """Return the arms of "A with early or late B": A with early B, A with late B."""
    if len(pieces) != 2:
        return []
    (start, stop), second = pieces
    told = _KIND_AT_END.search(prose.flat, start, stop)
    if told is None or ADJECTIVE.fullmatch(told["kind"]) is None:
        return []
    common, other = trimmed(prose.flat, start, told.start()), trimmed(prose.flat, *second)
    first_word = _FIRST_WORD.match(prose.flat, other.start) if other is not None else None
    if common is None or other is None or first_word is None or ADJECTIVE.fullmatch(first_word[0]) is None:
        return []
    noun = _UP_TO_NOUN.sub("", prose.words(other))
    if not noun or first_word[0] == told["kind"]:
        return []
    shared, joint = prose.words(common), told["joint"]
    kind = Phrase(*told.span("kind"), joint, shared, added=f"{told['kind']} {noun}")
    return [kind, Phrase(other.start, other.end, joint, shared, added=prose.words(other))]


# The adjective, with its bracket, before the noun of "late (after 4 weeks) laser".
_UP_TO_NOUN = re.compile(r"^[a-z-]+ (?:\([^()]*\) )?|^[a-z-]+$")


_THEN = re.compile(r",? (?:followed by|(?:and )?then|and subsequently|before|preceding|to) (?:by )?")


def two_orders(prose: Prose, pieces: list[tuple[int, int]]) -> list[Phrase]:
    """Return A and B of "A followed by B or B followed by A", "A then B or vice versa"."""
    if len(pieces) != 2:
        return []
    if (
        _REVERSED.match(prose.flat, *pieces[1]) is not None
        and _GROUP_OF_ORDER.search(prose.text, pieces[0][0], min(pieces[1][1], pieces[1][0] + 60)) is None
    ):
        return _first_and_second(prose, *pieces[0])
    parts = []
    for start, stop in pieces:
        then = _THEN.search(prose.flat, start, stop)
        cut = [(start, then.start()), (then.end(), stop)] if then is not None else []
        found = [trimmed(prose.flat, *span) for span in cut]
        if len(found) != 2 or found[0] is None or found[1] is None:
            return []
        parts.append([phrase for phrase in found if phrase is not None])
    (first, second), (other, last) = parts
    words = [prose.words(phrase) for phrase in (first, second, other, last)]
    same = _same_start(words[0], words[3]) and _same_start(words[1], words[2])
    return [first, second] if same and not _same_start(words[0], words[1]) else []


# "or vice versa", "or the reverse order", "or in the opposite sequence"
_REVERSED = re.compile(
    r"\s*(?:in )?(?:the )?(?:vice[ -]versa"
    r"|(?:reversed?|opposite|inverse)(?: (?:order|sequence|treatment order))?\b|other way (?:a)?round)"
)
# "A followed by B (group 1) or the reverse (group 2)": the orders are the arms
_GROUP_OF_ORDER = re.compile(r"\((?:group|arm|sequence|cohort)\b")
_WASHOUT = re.compile(
    r"wash-?out(?: (?:period|phase|interval))?"
    r"(?: of [a-z0-9-]+ (?:days?|weeks?|months?))?[ ,]*(?:and|then|followed by|before)? ?"
)


def _first_and_second(prose: Prose, start: int, stop: int) -> list[Phrase]:
    """Return A and B of "A followed by B", "A for four weeks, then a week of washout and four weeks of B"."""
    then = _THEN.search(prose.flat, start, stop)
    if then is None:
        return []
    washed = _WASHOUT.search(prose.flat, then.end(), stop)
    first = trimmed(prose.flat, start, then.start())
    second = trimmed(prose.flat, then.end() if washed is None else washed.end(), stop)
    return [first, second] if first is not None and second is not None else []


def _same_start(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def cut(flat: str, start: int, stop: int, at: re.Pattern[str]) -> list[tuple[int, int]]:
    """Cut a stretch of text wherever a pattern matches.

    Parameters
    ----------
    flat : str
    start, stop : int
    at : re.Pattern
    """
    pieces = []
    for found in at.finditer(flat, start, stop):
        pieces.append((start, found.start()))
        start = found.end()
        if len(pieces) > MOST:
            break
    pieces.append((start, stop))
    return pieces[: MOST + 1]


_SHORT_LINK = re.compile(r"(?: \([^()]{1,30}\))?,? or (?:with |combined with )?[a-z]")


_WITH_OR_WITHOUT = re.compile(
    r" (?:with or without|with and without|with or with no"
    r"|(?:either )?alone(?: \(\x01*\))?,? or (?:with(?: (?:added|additional|concurrent|concomitant))?|in (?:combination"
    r"|conjunction) with|(?:combined|together|along) with|plus)) | ?(?:±|\+/-) ?(?=[a-z]{4})"
)


def with_and_without(flat: str, start: int, stop: int) -> list[Phrase]:
    """Return the two arms of "A with or without B": the one with both, and A alone."""
    both = _WITH_OR_WITHOUT.search(flat, start, stop)
    if both is None:
        return []
    signed = not both[0].isascii() or "/" in both[0]
    if signed and (ALTERNATIVE.search(flat, start, stop) or " or " in flat[both.end() : stop]):
        # "rays ± boost or tamoxifen": what is joined so is one of other alternatives
        return []
    first = trimmed(flat, start, both.start())
    second = trimmed(flat, both.end(), stop)
    if (
        first is None
        or second is None
        or "," in flat[first.start : first.end]
        or _PEOPLE_END.search(flat, start, both.start())
    ):
        return []
    alone = Phrase(first.start, first.end, ALONE)
    more = [trimmed(flat, *piece) for piece in cut(flat, both.end(), min(stop, second.end + 60), ALTERNATIVE)]
    linked = _SHORT_LINK.match(flat, second.end) or ALTERNATIVE.search(flat, second.start, second.end)
    if "alone" in both[0] and len(more) > 1 and linked:
        # "A alone or combined with B or C"
        common = flat[first.start : first.end]
        added = [one for one in more if one is not None]
        return [*(_added_to(flat, common, one) for one in added), alone]
    return [Phrase(first.start, second.end), alone]


def _added_to(flat: str, common: str, one: Phrase) -> Phrase:
    """Return the arm of what is added to something, unless it is a control: "A alone or with B or placebo"."""
    own = CONTROL.match(flat, one.start, one.end) is not None
    return one if own else Phrase(one.start, one.end, common=common)


_WITH_BRACKETED = re.compile(
    r" (?P<first>with|without) \(\x01+\),? (?:or|and|versus|vs\.?) (?P<second>with|without) \(\x01+\) "
)


def bracketed_with_and_without(prose: Prose, start: int, stop: int) -> list[Phrase]:
    """Return the two arms of "A with (n = 9) or without (n = 8) B"."""
    flat = prose.flat
    both = _WITH_BRACKETED.search(flat, start, stop)
    if both is None or both["first"] == both["second"]:
        return []
    common, added = trimmed(flat, start, both.start()), trimmed(flat, both.end(), stop)
    if common is None or added is None or _PEOPLE_END.search(flat, start, both.start()):
        return []
    shared, told = prose.words(common), prose.words(added)
    return [Phrase(*both.span(of), both[of], shared, added=told) for of in ("first", "second")]


# "participants with or without fever": who they are, and no arms
_PEOPLE_END = re.compile(
    r"\b(?:patients|participants|subjects|women|men|children|adults|people|individuals|persons|infants|volunteers"
    r"|populations?|those)$"
)


def or_not(flat: str, start: int, stop: int) -> list[Phrase]:
    """Return the two arms of "to receive A or not", "to undergo or not undergo A", "B with A (BA) or without (B)"."""
    if (before := _NOT_FIRST.match(flat, start, stop) or _WITHOUT_FIRST.match(flat, start, stop)) is not None:
        # What one of them is given stands behind both.
        given = trimmed(flat, before.end(), stop)
        return [given, Phrase(*before.span("other"), NOT)] if given is not None else []
    if (lacking := _WITH_OR_NOT.search(flat, start, stop)) is not None:
        given = trimmed(flat, start, lacking.start())
        joined = given is not None and _JOINED_WITH.search(flat, given.start, given.end) is not None
        return [given, Phrase(*lacking.span("other"), NOT)] if given is not None and joined else []
    other = _OR_NOT.search(flat, start, stop)
    phrase = trimmed(flat, start, other.start()) if other is not None else None
    if other is None or phrase is None:
        return []
    return [phrase, Phrase(other.start(), other.end(), NOT)]


_NOT_FIRST = re.compile(
    r"[\x01)\s]*(?:(?:receive|undergo|have|be given|take) )?(?P<other>(?:or|versus|vs\.?) (?:to )?not(?: to)?)"
    r" (?:receive|undergo|have|be given|take)"
    r"(?: \(\x01*\))? "
)
# Behind "treated with": "or without A".
_WITHOUT_FIRST = re.compile(r" ?(?:or|and) (?P<other>without) (?=[a-z])")
_WITH_OR_NOT = re.compile(r"(?: \(\x01+\))?,? (?P<other>or without(?: it)?)(?= \(\x01|[.,;]|$)")
_JOINED_WITH = re.compile(r"[a-z] with [a-z]")


_OR_NOT = re.compile(
    r" or (?:to )?(?:not|none|nothing|neither)\b(?: (?:to )?(?:receive|undergo)\b)?"
    r"(?: (?!(?:in|for|until|on|at|during|and|with|from|as|were|was|before|after|over|prior|then)\b)[a-z]+)?"
)
