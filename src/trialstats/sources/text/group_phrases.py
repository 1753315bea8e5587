"""Cut a part of a sentence into the phrases that name one arm each."""

from __future__ import annotations

import re

from trialstats.sources.text.group_prose import ALONE, MASK, NOT, Phrase, Prose, word_set
from trialstats.sources.text.group_kinds import ADJECTIVE
from trialstats.sources.text.group_regimens import SERIES, is_regimen

_UNITS = (
    r"(?:mg|g|kg|[uµμ]g|mcg|ng|ml|l|dl|iu|u|units?|mmol|mol|meq|gy|miu|%|percent|mm|cm|hours?|hrs?|h|days?|d|weeks?"
    r"|wks?|wk|months?|min|minutes?|years?|cycles?|courses?|doses?|sessions?|times|m2|per|million|international)"
)
_DOSE = re.compile(
    rf"(?:up to |at |of )?[\s,]*[0-9][0-9.,/ -]*(?:{_UNITS}(?:[/ ]{{1,2}}(?:{_UNITS}|m\(\x01\)))*)?[\s,]*(?:\(\x01+\))?"
)
# Words behind "or" that say it joins no arms.
_NO_ARM_NEXT = (
    r"more|without|older|less|greater|higher|above|equal|their|lower|fewer|younger|later|earlier|death"
    r"|both(?! \(|,|\.|;| as | for )|any|other|recurrent|unresectable|metastatic|until|unacceptable|intolerable"
    r"|withdrawal|study withdrawal|toxicity|prohibitive|patient|consent|unmanageable|excessive|discontinuation|relapse"
    r"|progression|progressive|loss|disease|its|so|for|when|if|after|during|locally|advanced"
)
_ALTERNATIVE = re.compile(
    rf" (?:or(?! [=<>≥≤])(?! (?:{_NO_ARM_NEXT})\b)|versus|vs\.?|v|(?:as )?compared (?:with|to)|against)"
    r"(?: (?:else|to|with|in|the|a|an|either|receive|received|be treated with|treated with|undergo|for))* "
)
_AND = re.compile(r" and (?:(?:to|in|the|a|an|either|receive|received) )*")
_COMMA = re.compile(r"[,;] (?:to )?(?!(?:with|plus|followed|given|administered|at|in|on|then|which|who|both|each)\b)")
# Where the words for an arm end: a group or arm, how and when it is given, a verb, the next clause. Each branch begins
# with a letter of its own, so that the engine can pass over what begins none.
_NO_LETTER = r"\b(?! (?:[a-h]|[0-9]|i{1,3})\b)"
_END = re.compile(
    rf";|:| (?:groups?|arms?){_NO_LETTER}|-(?:groups?|arms?){_NO_LETTER}"
    r"| (?:for|in (?!(?:(?:an?|one|single|[0-9]+|consecutive|daily|weekly) ){1,4}(?:fractions?|sessions?"
    r"|doses?)\b)(?:an?|the|this|patients"
    r"|adults|women|men|children|people|participants|blocks|addition|combination|[0-9]+)"
    r"|in (?:[a-z-]+ ){1,2}(?:patients|women|cycles)|in [a-z]+ing|at (?:an? ratio|the )|according|stratified"
    r"|within|every"
    r"|until|after|before|who|whose|which|that|using|by(?<!followed by)|during"
    r"|(?<!stay )(?<!remain )(?<!continue )on|once|twice|daily|three times"
    r"|from|where|when|while"
    r"|as(?! usual)|administered|experienced|reported|showed|developed|died|achieved|improved|reduced|increased"
    r"|decreased|retained|responded|survived|relapsed|withdrew|discontinued|remained|completed|resulted|led"
    r"|demonstrated|provided|significantly|would|will|may|can|could|among|than|because|given|via"
    r"|with (?:an? |the )?(?:central|computer|interactive|web|permuted|block|random|stratif)[a-z]*|each|both|all"
    r"|over|through|starting|beginning|commencing|consisting|were|was|had|have|are|is|did|has|receiv(?:ed|ing)"
    r"|between (?:[a-z]+ )?(?:19|20)[0-9]{2}|with an? (?:median|mean)|concluded|to (?:be|determine|assess"
    r"|evaluate|prevent|treat|reduce|investigate)"
    r"|and (?:were|was|are|is|had|followed|then(?= (?:[a-z]+ed|at|for|to|after|in|on|took|had|were|was)\b)"
    r"|evaluated|assessed|the|all|we|stratified|treated|underwent|received|to"
    r"|who|has|have))\b"
    r"|, (?:with|in|and|the|we|respectively|followed|plus|[a-z]+ed)\b|\.$|,$| [0-9.:]+ ?:"
    r"| (?:ors|hrs|rrs|odds|hazard) |, [a-z0-9-]+ (?:hours?|days?|weeks?|months?) (?:prior|before|after|later)\b"
)
# What may stand before the words for an arm.
_LEAD = re.compile(
    r"(?:[\s\x00,.:\"']|\(\x01{1,3}\) |(?:i{1,3}|iv|[0-9a-d])\) "
    r"|(?:investigate|determine|assess|evaluate|compare|examine|test|study|establish|explore|ascertain|show"
    r"|demonstrate) "
    r"(?:whether |if |that )?"
    r"|(?:efficacy|effects?|safety|effectiveness|impact|role|benefits?|use|addition|value|tolerability|activity"
    r"|superiority|non-?inferiority) (?:and [a-z]+ )?of "
    r"|[0-9]+ (?=[a-z]{4})(?!(?:cycles|courses|weeks?|months?|days?|years?|hours?|doses|sessions|minutes|units|grams"
    r"|times|fractions|million|mcg|microg)\b)"
    r"|[0-9]+ (?:(?:patients|women|participants|were|was|randomly|assigned|randomi[sz]ed|allocated) )*(?:in)?to "
    r"|(?:[0-9a-z]+-(?:day|week|month) (?:twice|once)[ -]daily )?(?:(?:triple|quadruple|combination|definitive"
    r"|initial|primary|adjuvant) )?"
    r"(?:treatment|therapy|course|regimen)s? (?:with|of|consisting of|comprising) (?:either:? )?"
    r"|[0-9]+ (?:years|yr|y|months|weeks)(?: (?:of age|old))? to |(?:(?:double|single|triple)-blind(?:ed)?|open-label) "
    r"(?:treatment|therapy|administration) (?:with|of) "
    r"|serve as (?:an? |the )?(?=control)|(?:the|an?|and|or(?! ?[(])|either|to|receive|received|receiving|undergo"
    r"|undergoing"
    r"|treatment with|therapy with|treated with"
    r"|with|in|one of|single|have|get|be|daily|twice|once|weekly|every|on|by|from|for|who|which|were|was|treated by"
    r"|treated|both|all|each|during|using|via|after|given|administered|[0-9]+ (?:patients|women|participants)) )*"
)
_NO_NAME = word_set(
    "group groups arm arms treatment treatments one two not study drug therapy regimen regimens patients"
    " participants to"
    " six seven eight nine ten either of other another standard receive half three four equal sequence different"
    " random first second third"
    " undergo"
    " both the a an no baseline control-group those that these it its all none same difference others while"
    " whereas whom"
    " data multicenter multicentre n were was day days week weeks month months year years placebo-controlled"
    " without with randomly randomized randomised"
)
_MONTH = "january|february|march|april|june|july|august|september|october|november|december"
_DATE = re.compile(
    rf"(?:{_MONTH}|may|(?:19|20)[0-9]{{2}})\b|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.? [0-9]{{1,4}}\b"
)
_RESULT = re.compile(r"[-+±]?[0-9.·]+ ?%(?! [a-z]{4})|[-+±][0-9]")
_BEHIND_RESULT = re.compile(r" (?:for|with|in|on|of) ")
_LONGEST_PHRASE = 220
_MOST = 8


def alternatives(prose: Prose, start: int, stop: int, *, conjunction: bool = False, doses: bool = True) -> list[Phrase]:
    """Cut a part of a sentence into alternatives: "A, B, or C for six weeks" into A, B and C.

    Parameters
    ----------
    prose : Prose
    start, stop : int
        Of the part.
    conjunction : bool
        Whether "and" divides alternatives too.
    doses : bool
        Whether an alternative may be a dose alone.
    """
    flat = prose.flat
    if twice := (
        _with_and_without(flat, start, stop)
        or _bracketed_with_and_without(prose, start, stop)
        or _or_not(flat, start, stop)
    ):
        return twice
    pieces = _pieces(flat, start, stop, conjunction=conjunction)
    if len(pieces) < 2:
        return []
    pieces = _without_nested(flat, pieces)
    pieces, common = _from_either(prose, pieces)
    pieces = _behind_plus(flat, pieces)
    parts: list[tuple[int, int]] = []
    for number, (begin, end) in enumerate(pieces):
        # "A, B, and C or D, E, and F" are two.
        whole = number == len(pieces) - 1 or ", and " in flat[begin:end]
        parts += [(begin, end)] if whole else _listed_apart(prose, pieces, number)
    if two := _two_orders(prose, pieces) or _two_kinds(prose, pieces):
        return two
    firsts = {begin for begin, _ in pieces}
    found: list[Phrase] = []
    for number, (begin, end) in enumerate(parts):
        # "6 mg, 12 mg, or 36 mg"
        dosed = begin in firsts or (number + 1 < len(parts) and _DOSE.match(flat, *parts[number + 1]) is not None)
        dosed |= number > 0 and _DOSE.fullmatch(flat, *parts[number - 1]) is not None
        phrase = _part(prose, begin, end, found, common, doses=doses and dosed)
        if phrase is None or (found and APPOSITION.match(flat, begin, end)):
            continue
        if phrase.head or all(prose.words(phrase) != prose.words(one) for one in found):
            found.append(phrase)
        if len(found) > 1 and _BREAKS.search(flat, phrase.end, end) is not None:
            # What follows are alternatives of something else.
            break
    return _with_what_all_have(prose, found[:_MOST])


_PLACEBO_PLUS = re.compile(
    r"(?P<name>(?:matching |matched )?placebo(?: ?\(\x01*\))?),? (?P<joint>plus|combined with|in combination with"
    r"|added to|\+) "
)
_ALL_PLUS = re.compile(
    r"(?:[ ,]\x01+)?(?: ?\(\x01*\))?,? (?:both|each|all)(?: given)? (?:plus|with|combined with|in combination with"
    r"|added to) "
)
_HAS_JOINT = re.compile(r" (?:plus|with|and|combined with|in combination with|added to|followed by) |\+")


def _with_what_all_have(prose: Prose, phrases: list[Phrase]) -> list[Phrase]:
    """Add to the first of "A or placebo plus B" and "A or placebo, both with B" what all of them are given."""
    if len(phrases) < 2 or any(one.head or one.common for one in phrases):
        return phrases
    flat = prose.flat
    last: Phrase | None = phrases[-1]
    if last is None or any(_HAS_JOINT.search(flat, one.start, one.end) for one in phrases[:-1]):
        return phrases
    if (own := _PLACEBO_PLUS.match(flat, last.start, last.end)) is not None:
        added = Phrase(own.end(), last.end)
        phrases = phrases[:-1]
    elif (of_all := _ALL_PLUS.match(flat, last.end)) is not None and "placebo" in flat[last.start : last.end]:
        stop = flat.find(". ", of_all.end(), of_all.end() + _LONGEST_PHRASE)
        behind = trimmed(flat, of_all.end(), stop if stop >= 0 else of_all.end() + _LONGEST_PHRASE)
        if behind is None:
            return phrases
        added, last = behind, None
    else:
        return phrases
    words = prose.words(added)
    longer = [Phrase(one.start, one.end, common=prose.words(one), added=words) for one in phrases]
    return [*longer, last] if last is not None else longer


_KIND_AT_END = re.compile(r" (?P<joint>with|and|plus|followed by) (?P<kind>[a-z-]+)(?: ?\(\x01*\))?,?$")
_FIRST_WORD = re.compile(r"[a-z-]+")


def _two_kinds(prose: Prose, pieces: list[tuple[int, int]]) -> list[Phrase]:
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


def _two_orders(prose: Prose, pieces: list[tuple[int, int]]) -> list[Phrase]:
    """Return A and B of "A followed by B or B followed by A"."""
    if len(pieces) != 2:
        return []
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


def _same_start(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


_LAST_AND = re.compile(r" and (?=(?:no|usual|standard|placebo|control|observation)\b)")


# "zoltamine, an oral inhibitor of its kinase"
APPOSITION = re.compile(
    r"an? (?:[a-z0-9/-]+ ){0,7}?(?:inhibitor|antibody|agonist|antagonist|blocker|agent|drug|analogu?e|steroid"
    r"|antibiotic|compound"
    r"|derivative|extract|modulator|programme|program|device|app|application|tool|vaccine|formulation|technique)\b"
)
# Behind the words for an arm: from here on the sentence speaks of people, methods or the next clause.
_BREAKS = re.compile(
    r"; |\.,? | (?:in|among|for) (?:[a-z0-9-]+ ){0,4}(?:patients|women|men|adults|children|people|participants"
    r"|individuals|subjects"
    r"|infants|volunteers)\b| in (?:the|an?|this|our) (?!morning|evening)| (?:who|whom|which|where|using|were|was|had"
    r"|did|completed|stratified|followed by|plus|on days?)\b"
)


def _listed_apart(prose: Prose, pieces: list[tuple[int, int]], number: int) -> list[tuple[int, int]]:
    """Cut one of several pieces at its commas, unless they join what is given together."""
    parts = _listed(prose.flat, *pieces[number])
    others = prose.text[pieces[number][1] : pieces[-1][1]]
    if len(parts) > 1 and is_regimen(prose.flat, prose.cased, parts, others):
        return [pieces[number]]
    return _with_last_two(prose.flat, parts)


def _with_last_two(flat: str, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Cut the last of "A, B, C and D", where another word than "and" leads to what they are compared with."""
    begin, end = parts[-1]
    at = flat.find(" and ", begin, end)
    if len(parts) < 3 or at < 0 or max(flat.count(" ", begin, at), flat.count(" ", at + 5, end)) > 1:
        return parts
    return [*parts[:-1], (begin, at), (at + 5, end)]


def _pieces(flat: str, start: int, stop: int, *, conjunction: bool) -> list[tuple[int, int]]:
    if flat.count("; ", start, min(stop, start + 500)) > 1 and (by := _by_semicolons(flat, start, stop)):
        return by
    pieces = _cut(flat, start, stop, _ALTERNATIVE)
    if len(pieces) < 2 and conjunction and flat.find("; and ", start, stop) >= 0:
        pieces = _cut(flat, start, stop, _SEMICOLON)
    if len(pieces) < 2 and conjunction:
        first = _NEXT_CLAUSE.search(flat, start, stop)
        end = first.start() if first else stop
        pieces = _cut(flat, start, end, _AND)
        if len(pieces) == 3 and (last := _LAST_AND.search(flat, pieces[1][0], end)) is not None:
            # "between A and B chemotherapy and no chemotherapy"
            pieces = [(start, last.start()), (last.end(), end)]
    return pieces


_NO_ARM = re.compile(r"[=%]|\b(?:was|were|had|patients who|to (?:determine|assess|evaluate))\b")


def _by_semicolons(flat: str, start: int, stop: int) -> list[tuple[int, int]]:
    """Cut "A; B; or C" and "A; B; C or D"."""
    pieces = _cut(flat, start, stop, _SEMICOLON)
    last = pieces[-1]
    if len(pieces) < 3 or any(_NO_ARM.search(flat, begin, end) or end - begin > 250 for begin, end in pieces[:-1]):
        return []
    joined = flat[last[0] - 5 : last[0]].endswith(("and ", "or "))
    return pieces if joined else [*pieces[:-1], *_cut(flat, *last, _ALTERNATIVE)]


def _part(prose: Prose, begin: int, end: int, before: list[Phrase], common: str, *, doses: bool) -> Phrase | None:
    flat = prose.flat
    phrase = trimmed(flat, begin, end)
    if phrase is None:
        all_of = _BOTH_OF.match(flat, begin, end) if len(before) > 1 else None
        if all_of is None:
            return None
        # "A, B, or both"
        return Phrase(*all_of.span(1), common=" plus ".join(map(prose.words, before)))
    if is_dose(flat, phrase):
        if not doses or not any(map(str.isalpha, prose.words(phrase))):
            return None
        if not before:
            return phrase
        return Phrase(phrase.start, phrase.end, before[-1].head or prose.words(before[-1]))
    return Phrase(phrase.start, phrase.end, common=common) if common else phrase


_BOTH_OF = re.compile(r"\s*(both|the combination|their combination|combination)\b")


def is_dose(flat: str, phrase: Phrase) -> bool:
    """Whether a phrase is a dose and nothing else."""
    return _DOSE.fullmatch(flat, phrase.start, phrase.end) is not None


def _cut(flat: str, start: int, stop: int, at: re.Pattern[str]) -> list[tuple[int, int]]:
    pieces = []
    for found in at.finditer(flat, start, stop):
        pieces.append((start, found.start()))
        start = found.end()
        if len(pieces) > _MOST:
            break
    pieces.append((start, stop))
    return pieces[: _MOST + 1]


def _listed(flat: str, start: int, stop: int) -> list[tuple[int, int]]:
    """Cut "A, B" into A and B, up to what says how they are given."""
    parts = _cut(flat, start, stop, _COMMA)
    for number, (begin, end) in enumerate(parts):
        if number and _HOW_GIVEN.match(flat, begin, end):
            return parts[:number]
    return parts


_HOW_GIVEN = re.compile(
    r"(?:until|for|once|twice|daily|every|after|within|three times|stratified|followed|as|according"
    r"|[0-9.]+ (?:weeks|months|years|days))\b"
)


def _without_nested(flat: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join what "or" cut inside an alternative: "A or B plus either C or D" are two arms."""
    joined = [pieces[0]]
    for begin, end in pieces[1:]:
        last = joined[-1]
        either = flat.rfind("either ", *last) if len(joined) > 1 else -1
        if either >= 0 and _JOINED_EITHER.search(flat, last[0], either):
            joined[-1] = (last[0], end)
        else:
            joined.append((begin, end))
    return joined


def _from_either(prose: Prose, pieces: list[tuple[int, int]]) -> tuple[list[tuple[int, int]], str]:
    """Begin the first piece behind its "either", and say what stands before "plus either"."""
    start, stop = pieces[0]
    either = max(prose.flat.rfind("either ", start, stop), prose.flat.rfind("either: ", start, stop))
    if either < 0:
        return pieces, ""
    begin = prose.flat.index(" ", either) + 1
    joined = _JOINED_EITHER.search(prose.flat, start, either)
    first = trimmed(prose.flat, start, joined.start()) if joined is not None else None
    if first is None or joined is None or _OTHER_CLAUSE.search(prose.flat, first.end, joined.start()):
        return [(begin, stop), *pieces[1:]], ""
    return [(begin, stop), *pieces[1:]], prose.words(first)


def _behind_plus(flat: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Begin the first piece behind its "plus", where others are of the same: "A plus low-dose B, high-dose B, or C"."""
    start, stop = pieces[0]
    plus = flat.rfind(" plus ", start, stop)
    if plus < 0:
        return pieces
    comma = flat.find(", ", plus, stop)
    end = comma if comma >= 0 else stop
    before, behind = (set(_LONG_WORD.findall(flat, *span)) for span in ((start, plus), (plus + 6, end)))
    if _OWN_JOINT.search(flat, end, min(pieces[-1][1], end + 300)) is not None:
        return pieces
    others = set(_LONG_WORD.findall(flat, end, pieces[-1][1]))
    return [(plus + 6, stop), *pieces[1:]] if behind & others and not before & others else pieces


_OWN_JOINT = re.compile(r"\b(?:plus|alone|with|and|only)\b|\+")
_LONG_WORD = re.compile(r"[a-z]{6,}")
_OTHER_CLAUSE = re.compile(
    r"\b(?:was|were|had|than|did|who|which|patients|participants|women|men|subjects|assigned|randomi[sz]ed|received)\b"
)
_JOINED_EITHER = re.compile(r",? (?:plus|with|and|followed by|combined with|\+) $")
_SHORT_LINK = re.compile(r"(?: \([^()]{1,30}\))?,? or (?:with |combined with )?[a-z]")
_WITH_OR_WITHOUT = re.compile(
    r" (?:with or without|with and without|with or with no"
    r"|(?:either )?alone or (?:with|in combination with|combined with|plus)) | ?(?:±|\+/-) ?(?=[a-z]{4})"
)


def _with_and_without(flat: str, start: int, stop: int) -> list[Phrase]:
    """Return the two arms of "A with or without B": the one with both, and A alone."""
    both = _WITH_OR_WITHOUT.search(flat, start, stop)
    if both is None:
        return []
    signed = not both[0].isascii() or "/" in both[0]
    if signed and (_ALTERNATIVE.search(flat, start, stop) or " or " in flat[both.end() : stop]):
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
    more = [trimmed(flat, *piece) for piece in _cut(flat, both.end(), min(stop, second.end + 60), _ALTERNATIVE)]
    if "alone" in both[0] and len(more) > 1 and _SHORT_LINK.match(flat, second.end):
        # "A alone or combined with B or C"
        common = flat[first.start : first.end]
        return [*(Phrase(one.start, one.end, common=common) for one in more if one is not None), alone]
    return [Phrase(first.start, second.end), alone]


_WITH_BRACKETED = re.compile(
    r" (?P<first>with|without) \(\x01+\),? (?:or|and|versus|vs\.?) (?P<second>with|without) \(\x01+\) "
)


def _bracketed_with_and_without(prose: Prose, start: int, stop: int) -> list[Phrase]:
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


def _or_not(flat: str, start: int, stop: int) -> list[Phrase]:
    """Return the two arms of "to receive A or not"."""
    other = _OR_NOT.search(flat, start, stop)
    phrase = trimmed(flat, start, other.start()) if other is not None else None
    if other is None or phrase is None:
        return []
    return [phrase, Phrase(other.start(), other.end(), NOT)]


_OR_NOT = re.compile(r" or (?:to )?(?:not|none|nothing|neither)\b(?: (?:to )?(?:receive|undergo)\b)?(?: [a-z]+)?")
_SEMICOLON = re.compile(r"; (?:and |or )?")
_NEXT_CLAUSE = re.compile(r"[;]|, (?:with|and) (?:were|was|the|all|both|each)\b")


def trimmed(flat: str, start: int, stop: int) -> Phrase | None:
    """Return the part of a piece that can name an arm."""
    lead = _LEAD.match(flat, start, min(stop, start + 120))
    start = lead.end() if lead is not None else start
    if _RESULT.match(flat, start, stop):
        # "-0.42% for placebo"
        behind = _BEHIND_RESULT.search(flat, start, stop)
        return trimmed(flat, behind.end(), stop) if behind is not None else None
    stop = min(stop, start + _LONGEST_PHRASE)
    given = flat.rfind(" to receive ", start, stop)
    if given >= 0:
        # "patients on zinc to receive iron"
        start = given + len(" to receive ")
    begun = _DOSE_FIRST.match(flat, start, stop) or SERIES.match(flat, start, stop)
    end = _END.search(flat, begun.end() if begun is not None else start, stop)
    if end is not None:
        stop = end.start()
    while stop > start and (
        flat[stop - 1] in " ,.;:-" or (flat[stop - 1] in ")]" and not _OPENED.search(flat, start, stop))
    ):
        stop -= 1
    while (tail := _LOOSE_TAIL.search(flat, max(start, stop - 20), stop)) is not None and tail.start() > start:
        stop = tail.start()
    words = flat[start:stop].replace(MASK, "").strip("()[] ")
    if words in _NO_NAME or words.startswith(("n =", "group of ", "groups of ")) or not any(map(str.isalnum, words)):
        return None
    if _DATE.match(words) or _MANNER.search(words):
        return None
    return Phrase(start, stop)


_MANNER = re.compile(r"\b(?:manner|fashion)$")
# "40 mg daily zinc": the dose before the name
_DOSE_FIRST = re.compile(
    rf"[0-9][0-9.,]* ?{_UNITS}(?:/{_UNITS})?,? (?:(?:once|twice|three times)[ -])?(?:daily|weekly|monthly) "
    r"(?=[a-z]{4})(?!(?:for|until|over|during|after|before|when|while|with|from|plus|versus)\b)"
)
_LOOSE_TAIL = re.compile(
    r"(?<!group)(?<!arm)(?<!cohort)[ ,;]+(?:at|an?|the|of|and|with|or|by|to|in|plus|on|is"
    r"|then|orally|intravenously|subcutaneously|intramuscularly|topically)$"
)
SIZED_BEHIND = re.compile(
    r"(?: (?:group|arm))?[^()\[\];.]{0,40}[(\[][^()]{0,60}?"
    r"(?:\bn ?= ?[0-9]|[0-9] (?:patients|women|participants|subjects))"
)
"""A bracket with the size of the arm, right behind its words."""


def extents(prose: Prose, phrases: list[Phrase]) -> list[tuple[int, int]]:
    """Return where each arm is introduced, with the brackets that stand behind its words."""
    flat = prose.flat
    ranges = []
    for phrase in phrases:
        limit = min(len(flat), phrase.end + 1500)
        stop = min((other.start for other in phrases if other.start > phrase.start), default=limit)
        point = _POINT.search(flat, phrase.end, limit)
        stop = max(phrase.end, min(stop, point.start() if point is not None else limit))
        close = phrase.end
        for _ in range(4):
            opened = _OPENED.search(flat, close, min(stop, close + 160))
            shut = _SHUT.search(flat, opened.end(), stop) if opened is not None else None
            if opened is None or shut is None:
                break
            if opened.start() - close > 60 and not _HAS_SIZE.search(prose.text, opened.end(), opened.end() + 80):
                break
            close = shut.end()
        ranges.append((phrase.start, close))
    return ranges


# No end of a sentence: "10 mg b.i.d. (n = 71)".
_POINT = re.compile(r"(?<!\.[a-z])[.;](?:\s|$)")
_OPENED = re.compile(r"[(\[]")
_SHUT = re.compile(r"[)\]]")
_HAS_SIZE = re.compile(
    r"n ?= ?[0-9]|(?:group|arm|cohort) (?:[a-h]|[0-9])\b|[0-9] (?:patients|women|participants|subjects)"
)
