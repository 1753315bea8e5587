"""Find the sentences that introduce the arms of a trial, and choose among the lists of arms that they give."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trialstats.sources.text.groups.belonging import belonging
from trialstats.sources.text.groups.brackets import (
    CODE_IN_BRACKET,
    LETTER_IN_BRACKET,
    before_brackets,
    in_bracket,
    sized_brackets,
)
from trialstats.sources.text.groups.compared import (
    compared_arms,
    contrasts,
    nominal,
    one_and_without,
    two_or_more,
    with_other_controls,
)
from trialstats.sources.text.groups.counted import counted_arms, counts
from trialstats.sources.text.groups.doses import of_doses, of_drugs
from trialstats.sources.text.groups.enumerated import coded, enumerated, summed
from trialstats.sources.text.groups.heads import heads_of, of_groups
from trialstats.sources.text.groups.phrases import alternatives
from trialstats.sources.text.groups.prose import Phrase, Prose, masked
from trialstats.sources.text.groups.scores import Listed, covers, ranked, words_in
from trialstats.sources.text.groups.told_doses import told_doses
from trialstats.sources.text.groups.trimmed import SIZED_BEHIND, trimmed

_LONGEST_SENTENCE = 1500

_MOST_LISTS = 24
_MOST_CONTRASTS = 6

_LEAST_SCORE = 2.5

_LEAST_TOLD = 4


def is_sure(one: Listed) -> bool:
    """Whether a list names arms even if no result is given for them.

    Parameters
    ----------
    one : Listed
    """
    return one.kind >= 5 or (one.borne_out and (one.kind > 3 or one.score > _LEAST_SCORE))


def introductions(prose: Prose, heads: dict[str, list[Phrase]]) -> list[Listed]:
    """Return the lists of arms that a text gives, the surest first.

    Parameters
    ----------
    prose : Prose
    heads : dict of str to list of Phrase
        What the text calls a group, as `heads_of` gives it.
    """
    found: list[Listed] = []
    contrasts = 0
    for number, clues in sorted(_clues(prose).items()):
        start, stop = prose.sentences[number]
        if "contrast" in clues:
            contrasts += 1
            if contrasts > _MOST_CONTRASTS:
                del clues["contrast"]
        found += _of_sentence(prose, start, min(stop, start + _LONGEST_SENTENCE), clues)
        if len(found) > _MOST_LISTS:
            break
    found += [*of_groups(prose, prose.flat, heads), *enumerated(prose), *coded(prose), *summed(prose)]
    if all(one.kind < _LEAST_TOLD for one in found) and (doses := told_doses(prose)):
        found.append(Listed(_LEAST_TOLD, doses))
    known = belonging(prose.text, [(name, len(places)) for name, places in heads.items()] if found else None)
    scored = ranked(prose, found, known)
    if not scored:
        # Groups that are named in brackets only.
        scored = ranked(prose, of_groups(prose, prose.text, heads_of(prose.text)), known)
    if not any(word in prose.text for word in _OF_TRIALS):
        # Of a text that is no trial, contrasts tell of anything.
        scored = [one for one in scored if one.kind > 3]
    for number, one in enumerate(scored[1:8], 1):
        # A list that says the same of more arms, or at more length, is the better one.
        if one.kind >= 6 and scored[0].kind < 3 and _mostly_same(prose, one, scored[0]):
            # "who had received their usual drugs were randomised to A, B or C"
            scored.insert(0, scored.pop(number))
            break
        if _sized_and_more(prose, one, scored[0]) or _with_more_joined(prose, one, scored[0]):
            # "A, 200 mg (n = 48); A, 100 mg (n = 53); or placebo (n = 48)", elsewhere "A versus placebo"
            scored.insert(0, scored.pop(number))
            break
        fuller = one.kind > 5 and (scored[0].kind < 5 or _one_in_another(prose, scored[0]))
        if fuller and one.score > scored[0].score - 6 and covers(prose, one, scored[0]):
            scored.insert(0, scored.pop(number))
            break
    if scored and (more := with_other_controls(prose, scored)):
        scored.insert(0, more)
    return scored


def _sized_and_more(prose: Prose, one: Listed, other: Listed) -> bool:
    """Whether a list gives each of more arms with its size, in the words of another that has fewer."""
    more, fewer = ([prose.words(phrase) for phrase in listed.phrases] for listed in (one, other))
    if len(more) <= max(2, len(fewer)) or not all(SIZED_BEHIND.match(prose.text, phrase.end) for phrase in one.phrases):
        return False
    return all(any(words in longer for words in fewer) for longer in more) and all(
        any(words in longer for longer in more) for words in fewer
    )


def _with_more_joined(prose: Prose, one: Listed, other: Listed) -> bool:
    """Whether the phrases of a list are those of another with what is given before: "A plus B (n = 20)", not "B"."""
    if one.kind < 6 or len(one.phrases) != len(other.phrases):
        return False
    pairs = list(zip(*(sorted(listed.phrases, key=lambda of: of.start) for listed in (one, other)), strict=True))
    if any(longer.start > shorter.start or longer.end < shorter.end - 1 for longer, shorter in pairs):
        return False
    before = [prose.flat[longer.start : shorter.start] for longer, shorter in pairs]
    return any(map(_JOINT_BEFORE.search, before))


_JOINT_BEFORE = re.compile(
    r"^(?!.*\b(?:patients|participants|subjects|women|who|were|was)\b).*\b(?:plus|followed by|combined with)\b"
)


def _mostly_same(prose: Prose, one: Listed, other: Listed) -> bool:
    """Whether two lists of one length differ in one arm only."""
    words = {prose.words(phrase) for phrase in one.phrases} & {prose.words(phrase) for phrase in other.phrases}
    return len(one.phrases) == len(other.phrases) > 1 and len(words) == len(one.phrases) - 1


def _one_in_another(prose: Prose, one: Listed) -> bool:
    """Whether an arm has all the words of another: "cisplatin" and "cisplatin alone" may be cut from longer names."""
    words = [frozenset(words_in(prose.words(phrase))) for phrase in one.phrases]
    return any(first <= other for at, first in enumerate(words) for other in words[:at] + words[at + 1 :])


_OF_TRIALS = ("random", "placebo", " trial", "assigned", " arm ", " arms", "phase 1", "phase 2", "phase 3", "phase i")

# What a number must stand before: "two methods were compared: A and B", but not "methods:".
_KINDS_COUNTED = (
    "methods", "techniques", "agents", "solutions", "drugs", "approaches", "modalities", "formulations", "programs",
    "programmes", "products", "devices",
)  # fmt: skip
_COUNTED_KIND = re.compile(
    r"\b(?:two|three|four|five|six|[2-6])"
    r"(?: (?!reference|other|control|comparator|standard|further|additional|active|concomitant)[a-z-]+){0,2} $"
)

# Clues: by what follows from them, the words that are looked for.
_CLUES = {
    "allocated": ("random", "assigned", "allocated", "divided"),
    "contrast": (" vs", " versus", " compar", " than "),
    "given": (
        "received", "receiving", "treated with", "underwent", "given", "ingested", "comparing", "took", "comparison of",
        "consumed", "periods", "phases", "treatment with", "therapy with", "using either", "with either", "offered",
        "prescribed",
    ),
    "passive": (
        "given", "administered", "infused", "injected", "applied", "inserted", "taken", "ingested", "consumed",
        "prescribed",
    ),
    "other": ("the other group", "the other half", "the other arm", "the other patients", "the others"),
    "named": (
        "arms", "groups", "conditions", "treatments", "regimens", "interventions", "strategies", "diets", "options",
        "following", "cohorts", "combinations", *_KINDS_COUNTED,
    ),
}  # fmt: skip


def _clues(prose: Prose) -> dict[int, dict[str, list[int]]]:
    """Return by sentence what speaks for its introducing arms, and where."""
    flat = prose.flat
    found: dict[int, dict[str, list[int]]] = {}
    for clue, words in _CLUES.items():
        for word in words:
            at = flat.find(word)
            while at >= 0:
                number = prose.sentence_at(at)
                found.setdefault(number, {}).setdefault(clue, []).append(at)
                # The first in a sentence is enough.
                at = flat.find(word, prose.sentences[number][1])
    for clue, places in (
        ("sized", sized_brackets(prose)),
        ("counted", [match.start() for match in counts(prose.text, 0, len(prose.text))]),
    ):
        for at in places:
            found.setdefault(prose.sentence_at(at), {}).setdefault(clue, []).append(at)
    return found


def _of_sentence(prose: Prose, start: int, stop: int, clues: dict[str, list[int]]) -> Iterator[Listed]:
    allocated = "allocated" in clues
    if allocated:
        verb = _ALLOCATION.search(prose.flat, start, stop)
        yield from _allocated(prose, start, stop, verb.start() if verb is not None else min(clues["allocated"]))
    if "named" in clues and (named := _named(prose, clues["named"], stop)):
        yield Listed(6 if allocated else 3, named)
    if "contrast" in clues:
        if compared := compared_arms(prose, start, stop):
            yield Listed(3, compared)
        yield from contrasts(prose, start, stop)
    if "other" in clues and (without := one_and_without(prose, start, stop)):
        yield Listed(6, without)
    if "given" in clues:
        yield from _given(prose, start, stop, clues["given"])
    if "passive" in clues and (passive := _passive(prose, start, stop)):
        yield Listed(1.5, passive)
    if allocated and (told := in_bracket(prose, start, stop)):
        yield Listed(7, told)
    if len(clues.get("sized", ())) > 1 and (listed := before_brackets(prose, start, stop, clues["sized"])):
        lettered = all(
            LETTER_IN_BRACKET.match(prose.text, phrase.end) or CODE_IN_BRACKET.match(prose.cased, phrase.end + 1)
            for phrase in listed
        )
        yield Listed((12 if allocated else 8) if lettered else 7 if allocated else 4, listed)
    if "counted" in clues and (counted := counted_arms(prose, start, stop, allocated=allocated)) is not None:
        yield counted


# What was done to the patients: "a randomised trial" alone says nothing of it.
_ALLOCATION = re.compile(
    r"\brandomly (?:assigned|allocated|divided)|\b(?:were|was|be|been|we|then|and|are) (?:then "
    r"|also )?(?:randomi[sz]ed|assigned"
    r"|allocated)|\brandomi[sz]ed (?:to|into|in|between|\()"
)

_TO = re.compile(
    r"[ )](?:to|into|between|among|receiv(?:e|ed|ing)|either|treated with|underwent|(?<!standard )of)"
    r"(?: (?:receive|undergo|take|have|continue|start|begin|initiate|use(?! of)|get|consume|eat|drink|wear|perform|attend"
    r"|treatment with|therapy with"
    r"|either|the"
    r"|be (?:treated|managed|screened|examined) (?:with|by)|one of (?:these|the following) (?:[a-z-]+ ){0,2}[a-z]+(?=:)"
    r"|(?:one of )?(?:the )?(?:two|three|four|five|2|3|4|5)(?: [a-z-]+){0,2} "
    r"(?:groups|arms|regimens|treatments|strategies|conditions|sequences|orders|programs|programmes|interventions"
    r"|combinations|options)"
    r"|one of (?:the )?(?:two|three|four|five|2|3|4|5)(?: [a-z-]+){0,2} (?:solutions|drugs|agents|techniques|methods"
    r"|doses|products|formulations|diets|devices)))*[ :(,]+"
)

# "non-inferior to zinc", "the link between zinc and colds": nobody is allocated so.
_OTHER_TO = re.compile(
    r"\b(?:(?:non-?)?(?:inferior|superior)|(?:in)?(?:equivalent|sensitive)|similar|comparable|resistant|refractory"
    r"|relative"
    r"|due|owing|prior|related|associations?|relationships?|correlations?|interactions?|interval|agreement|difference"
    r"|differences)[ )]$"
)

# "to zinc, iron, and placebo groups"
_GROUPS_NEXT = re.compile(r"(?:(?! or | versus | vs)[^.;:]){3,150}? and (?:(?! or )[^.;:,]){3,60}? (?:groups|arms)\b")

_IN_TURN = re.compile(
    r"\bcross-?over (?:study|trial|design|comparison|fashion|manner)"
    r"|\b(?:in|a) (?:random(?:i[sz]ed)?|(?:counter)?balanced) (?:order|sequence)\b"
    r"|\bsequences? (?:[a-z]+ )?(?:to receive|of)\b"
)

_BOTH = re.compile(r"groups|arms|regimens|treatments|between|into|conditions|strategies")


def _allocated(prose: Prose, start: int, stop: int, at: int) -> Iterator[Listed]:
    """Yield the alternatives behind each "to" of a sentence that says at a place that patients were allocated."""
    limit = min(stop, at + 400)
    for tries in range(5):
        found = _TO.search(prose.flat, at, limit)
        if found is None:
            return
        at = found.end()
        if _OTHER_TO.search(prose.flat, max(start, found.start() - 20), found.start() + 1) is not None:
            at -= 1
            continue
        both = _BOTH.search(found[0]) is not None or _GROUPS_NEXT.match(prose.flat, at, stop) is not None
        # All have each of them: "a crossover study to receive zinc, iron, and placebo".
        given = not found[0].startswith(" of") and _AIM.match(prose.flat, at) is None
        both |= given and _IN_TURN.search(prose.flat, start, stop) is not None
        phrases = of_drugs(prose, at, stop) or _to_what(
            prose, alternatives(prose, at, min(stop, at + 700), conjunction=both)
        )
        if (len(phrases) < 2 or _TIME_ALONE.match(prose.flat, phrases[-1].start)) and (
            doses := of_doses(prose, at, stop)
        ):
            yield Listed(_kind_of_allocation(prose, start, found, doses) - 0.7 * tries, doses)
            phrases = []
        if len(phrases) > 1:
            kind = _kind_of_allocation(prose, start, found, phrases) - 0.7 * tries
            second = _called_from_second(prose, phrases)
            yield Listed(kind - 3 if second else kind, phrases)
            if merged := _merged(prose, phrases):
                adjective = second or _ADJECTIVE.search(prose.flat, phrases[0].start, phrases[0].end) is not None
                yield Listed(kind + 1 if adjective else kind - 1.5, merged)
        at -= 1


def _to_what(prose: Prose, phrases: list[Phrase]) -> list[Phrase]:
    """Leave out of alternatives what tells who the people are, where another "to" leads to the arms.

    "Adults without earlier zinc or iron for their anaemia to receive A or B" had neither zinc nor iron; "those with a
    ratio of 30 or more to A or B" are not in the arm "30 or more to A".
    """
    for number in range(len(phrases) - 1, 0, -1):
        between = prose.flat[phrases[number - 1].end : phrases[number].start]
        if len(phrases) - number > 1 and _WHO_RECEIVE.search(between) is not None:
            return phrases[number:]
    first = phrases[0] if len(phrases) > 1 else None
    limit = _OF_A_LIMIT.match(prose.flat, first.start, first.end) if first is not None else None
    arm = trimmed(prose.flat, limit.end(), first.end) if first is not None and limit is not None else None
    return phrases if arm is None else [arm, *phrases[1:]]


_WHO_RECEIVE = re.compile(r" (?:or|and) (?:(?! (?:and|or) to )[^.;:]){12,} to (?:receive|undergo) ")
_OF_A_LIMIT = re.compile(
    r"(?:(?!\b(?:from|addition|adding|increas|titrat|up to|switch|chang|reduc|either)).){0,150}?"
    r"(?:[0-9] ?(?:[a-z%/]+ ){0,3}(?:or (?:less|more|greater|higher|lower|older|above|below)"
    r"|to [0-9.,]+(?: ?[a-z%/]+)?)) to "
    r"(?=[a-z])"
)

# "within 6 h or within 24 h"
_TIME_ALONE = re.compile(r"(?:within|after|for|at|every|by) [0-9]")

# "to a nurse-led, intensive programme or to usual care"
_ADJECTIVE = re.compile(r"(?:[a-z]{3}ed|-based|-led|[a-z]{3}(?:ive|ical|ised|ized)|brief|simple|short|long)$")


def _kind_of_allocation(prose: Prose, start: int, found: re.Match[str], phrases: list[Phrase]) -> float:
    """Say how sure it is that a list behind a "to" or "of" is what patients were allocated to."""
    if _PERCENTAGE.search(_SHORT_FIRST.sub("", prose.cased[start : phrases[-1].end])) or _AIM.match(prose.flat, found.end()):
        # Behind a percentage results are told, not the allocation.
        return 3
    if found[0].startswith(" of"):
        return 6 if _STUDY_END.search(prose.flat, max(0, found.start() - 40), found.start() + 1) else 4.5
    if found[0].startswith((" among", ") among", " between")) and prose.flat[found.end()].isdigit():
        return 3.5
    return 6


# But "0.1% zinc or 0.2% zinc" are solutions.
_PERCENTAGE = re.compile(
    r"%(?! (?!(?:patients|participants|subjects|women|children|people|adults|versus|compared|confidence|reduction"
    r"|increase|decrease|higher|lower|between|their|there|which|among|after|during|received|would|could)\b)[a-z]{5})"
)
# "(LF; 37% carbohydrate, 9% fat)": what an arm is made of
_SHORT_FIRST = re.compile(r"\([A-Z][A-Za-z0-9+/-]{1,9}; [^()]{0,120}\)")

_AIM = re.compile(
    r"(?:guide|manage|determine|assess|evaluate|compare|prevent|detect|reduce|improve|identify|investigate|examine"
    r"|provide|collect"
    r"|ensure|test|study|treat|measure|show|establish|explore|the (?:ratio|fraction|effects?|efficacy))\b"
)

_STUDY_END = re.compile(r"\b(?:trials?|study|studies|comparisons?|evaluation|arms|groups|rcts?)\b[)\x01(\s]*$")


def _merged(prose: Prose, phrases: list[Phrase]) -> list[Phrase]:
    """Take what stands between commas for one arm: "to a brief, nurse-led programme or to usual care"."""
    flat = prose.flat
    if len(phrases) == 3 and _called_from_second(prose, phrases):
        return [Phrase(phrases[0].start, phrases[1].end), phrases[2]]
    adjective = _ADJECTIVE.search(flat, phrases[0].start, phrases[0].end) is not None
    if len(phrases) != 3 or any(
        flat[one.end - 1] in ")]" or SIZED_BEHIND.match(prose.text, one.end) for one in phrases[: 1 if adjective else 2]
    ):
        return []
    first, second = (frozenset(words_in(flat[one.start : one.end])) for one in phrases[:2])
    if any(len(word) > 3 for word in first & second):
        # "A 10 mg, A 20 mg, or B"
        return []
    between = flat[phrases[1].end : phrases[2].start]
    if phrases[1].end - phrases[0].start > 160 or not any(word in between for word in (" or ", " v", " compared")):
        return []
    return [Phrase(phrases[0].start, phrases[1].end), phrases[2]]


def _called_from_second(prose: Prose, phrases: list[Phrase]) -> bool:
    """Whether of three only the first has no abbreviation behind it: it belongs to the second."""
    called = [_SHORT_BEHIND.search(prose.cased, one.start, one.end + 14) is not None for one in phrases]
    return called == [False, True, True] and prose.flat[phrases[0].end : phrases[1].start].strip() == ","


_SHORT_BEHIND = re.compile(r"\((?=[A-Za-z0-9+/-]*[A-Z])[A-Za-z0-9+/-]{1,10}[;,)]")


def _named(prose: Prose, places: list[int], stop: int) -> list[Phrase]:
    """Return the arms of a list that stands in a bracket or behind a colon: "three arms (A, B, or C)"."""
    for at in places[:3]:
        counted = _COUNTED_KIND.search(prose.flat, max(0, at - 50), at) is not None
        if prose.flat.startswith(_KINDS_COUNTED, at) and not counted:
            continue
        if (were := _LIST_WERE.match(prose.flat, at, stop)) is not None:
            return two_or_more(alternatives(prose, were.end(), stop, conjunction=True))
        found = _LIST_NEXT.match(prose.flat, at)
        if found is None:
            continue
        namely = _NAMELY.match(prose.text, found.end(), stop)
        begin = namely.end() if namely is not None else found.end()
        if (called := _abbreviated(prose, begin, stop)) and len(called) > 2:
            return called
        if not found[0].endswith("("):
            return two_or_more(alternatives(prose, begin, stop, conjunction=True))
        shut = prose.flat.find(")", begin, stop)
        end = shut if shut >= 0 else stop
        # What stands in the bracket is cut as a text of its own.
        inner = prose.text[begin:end]
        phrases = alternatives(Prose(inner, masked(inner), inner, []), 0, end - begin, conjunction=True)
        moved = [Phrase(one.start + begin, one.end + begin, one.head, one.common) for one in phrases]
        other = _AGAINST_BRACKET.match(prose.flat, end, stop) if len(moved) > 1 else None
        last = trimmed(prose.flat, other.end(), min(stop, other.end() + 120)) if other is not None else None
        if last is not None and nominal(prose.flat, last):
            # "three regimens (A; B; or C) versus D"
            moved.append(last)
        before = _OR_ONE_OF.search(prose.flat, max(0, begin - 120), begin) if len(moved) > 1 else None
        first = trimmed(prose.flat, *before.span("first")) if before is not None else None
        if first is not None:
            # "to placebo or one of three groups (A, B, C)"
            moved.insert(0, first)
        return two_or_more(moved)
    return []


_NAMELY = re.compile(r"(?:i\.?e\.?|namely|viz\.?|that is),? ")
_AGAINST_BRACKET = re.compile(r"\)? (?:versus|vs\.?|(?:as )?compared (?:with|to)|or(?: to)?) ")

_OR_ONE_OF = re.compile(
    r"\b(?:to|receive) (?:either )?(?P<first>(?:(?! to )[^.;:,()]){3,50}?),? or (?:to )?(?:one|1) of (?:the )?"
    r"(?:two|three|four|five|six|[2-6]) [^.;:()]{0,60}[(:] ?$"
)

_SHORT_BRACKET = re.compile(r"\s?\((?=[A-Z])[A-Z0-9+/-]*[A-Z][A-Za-z0-9+/-]*(?:[,;] [^()]{1,30})?\)")

_NEXT_OF_LIST = re.compile(r"(?:[,;]? and |[,;] )(?=[a-z0-9])")


def _abbreviated(prose: Prose, begin: int, stop: int) -> list[Phrase]:
    """Return what stands before the abbreviations of a list: "nets (N), nets for all (NA), and sheets (S)"."""
    found: list[Phrase] = []
    for bracket in _SHORT_BRACKET.finditer(prose.cased, begin, stop):
        if bracket.start() - begin > _LONGEST_OF_LIST or not prose.text[begin : bracket.start()].strip():
            break
        found.append(Phrase(begin, bracket.end()))
        following = _NEXT_OF_LIST.match(prose.text, bracket.end(), stop)
        if following is None:
            break
        begin = following.end()
    return found


_LONGEST_OF_LIST = 160

# "the interventions were zinc, iron, and placebo"
_LIST_WERE = re.compile(
    r"(?:treatments|interventions|arms|regimens|conditions)(?: (?:evaluated|tested|compared|studied|given|assessed))?"
    r" (?:were|included|comprised|consisted of)(?: as follows)?:? "
    r"(?!(?:[a-z]+(?:ed|ly|ing|able)|similar|well|not|significant|given|no|all|both|each|equal|more|less|in|at|on|to|of"
    r"|for|the same|taken|found|superior|as|then|also|too)\b)"
)
_LIST_NEXT = re.compile(r"[a-z]+(?: ?\(\x01*\))?(?:[^.:;()]{0,50}?(?:: ?| [–—-] )| ?\()")


def _given(prose: Prose, start: int, stop: int, places: list[int]) -> Iterator[Listed]:
    """Yield the alternatives behind "received", "comparing" and the like."""
    flat = prose.flat
    done = -1
    for at in sorted(places)[:_MOST_GIVEN]:
        found = _GIVEN.match(flat, at)
        if found is None or found.end() <= done:
            continue
        treated = found[0].startswith(("treatment", "therapy"))
        if treated and flat.rfind("compar", max(start, at - _LONGEST_OF_LIST), at) >= 0:
            # "comparing zinc therapy with rest or iron"
            continue
        done = found.end()
        both = (
            flat.startswith(("comp", "period", "phase"), at)
            or flat.find("respectively", start, stop) >= 0
            or flat.find(" each", start, stop) >= 0
            or _IN_TURN.search(flat, start, stop) is not None
        )
        end = min(stop, found.end() + 300)
        if given := two_or_more(alternatives(prose, found.end(), end, conjunction=both, doses=False)):
            yield Listed(1.5 if treated else 2, given)


_MOST_GIVEN = 4


def _passive(prose: Prose, start: int, stop: int) -> list[Phrase]:
    """Return the alternatives before "was given": "either zinc or a placebo was infused"."""
    found = _WAS_GIVEN.search(prose.flat, start, stop)
    if found is None:
        return []
    begin = start
    for words, before in ((prose.cased, _SECTION), (prose.flat, _BEFORE_SUBJECT)):
        led = before.match(words, begin, found.start())
        begin = led.end() if led is not None else begin
    if found.start() - begin > _LONGEST_OF_LIST:
        return []
    return two_or_more(alternatives(prose, begin, found.start(), doses=False))


_WAS_GIVEN = re.compile(
    r" (?:was|were) (?:(?:then|randomly|orally|intravenously|blindly) ){0,2}(?:given|administered|infused|injected"
    r"|applied|inserted|taken|ingested|consumed|prescribed)\b"
)
_SECTION = re.compile(r"[A-Z][A-Z/&, ]{3,60}[:.]? (?=[A-Z][a-z])")
# "At the end of surgery, either zinc or saline was given"
_BEFORE_SUBJECT = re.compile(
    r"(?:before|after|at|during|on|in|for|following|immediately|then|thereafter|from|within|one"
    r"|two|[0-9]+)\b[^,;:]{0,80}, "
)

_GIVEN = re.compile(
    r"(?:receiv(?:ed|ing)|treated with|underwent|given|ingested|comparing|took|(?:treatment|therapy) with"
    r"|(?:using|with)(?= either\b)|offered|prescribed"
    r"|comparison of(?: the)?(?: [a-z-]+(?:, [a-z-]+){0,3}(?:,? and [a-z-]+)? of(?= ))?|consumed"
    r"|(?:periods|phases) (?:with|on))\b"
    r"(?: orally)?(?:, (?:in|using) an? [^.;()]{1,60}? (?:manner|fashion|order|design"
    r"|sequence),)?(?: either)?(?: the\b)?"
)
