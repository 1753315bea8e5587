"""Lists of arms behind what says that they are given, or before it: "received A or B", "three methods: A, B, and C"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trialstats.sources.text.groups.compared import nominal, two_or_more
from trialstats.sources.text.groups.phrases import alternatives
from trialstats.sources.text.groups.prose import Phrase, Prose, masked
from trialstats.sources.text.groups.scores import Listed
from trialstats.sources.text.groups.trimmed import trimmed

IN_TURN = re.compile(
    r"\bcross-?over (?:study|trial|design|comparison|fashion|manner)"
    r"|\b(?:in|a) (?:random(?:i[sz]ed)?|(?:counter)?balanced) (?:order|sequence)\b"
    r"|\bsequences? (?:[a-z]+ )?(?:to receive|of)\b"
)
"""Words by which all have each of the arms, one after another."""

# What a number must stand before: "two methods were compared: A and B", but not "methods:".
KINDS_COUNTED = (
    "methods", "techniques", "agents", "solutions", "drugs", "approaches", "modalities", "formulations", "programs",
    "programmes", "products", "devices",
)  # fmt: skip
_COUNTED_KIND = re.compile(
    r"\b(?:two|three|four|five|six|[2-6])"
    r"(?: (?!reference|other|control|comparator|standard|further|additional|active|concomitant)[a-z-]+){0,2} $"
)


def behind_nouns(prose: Prose, places: list[int], stop: int) -> list[Phrase]:
    """Return the arms of a list that stands in a bracket or behind a colon: "three arms (A, B, or C)".

    Parameters
    ----------
    prose : Prose
    places : list of int
        Where words for several arms stand.
    stop : int
        The end of their sentence.
    """
    for at in places[:3]:
        counted = _COUNTED_KIND.search(prose.flat, max(0, at - 50), at) is not None
        if prose.flat.startswith(KINDS_COUNTED, at) and not counted:
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


def behind_verbs(prose: Prose, start: int, stop: int, places: list[int]) -> Iterator[Listed]:
    """Yield the alternatives behind "received", "comparing" and the like.

    Parameters
    ----------
    prose : Prose
    start, stop : int
        Of a sentence.
    places : list of int
        Where such verbs stand.
    """
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
        if found[0].startswith("to comp") and _COMPARED_WITH.match(flat, found.end(), stop) is not None:
            # "to compare zinc with iron and copper"
            continue
        done = found.end()
        both = (
            flat.startswith(("comp", "to comp", "period", "phase"), at)
            or flat.find("respectively", start, stop) >= 0
            or flat.find(" each", start, stop) >= 0
            or IN_TURN.search(flat, start, stop) is not None
        )
        end = min(stop, found.end() + 300)
        phrases = alternatives(prose, found.end(), end, conjunction=both, doses=False)
        if phrases and found[0].endswith(("combining", "adding")):
            phrases[-1] = _without_what_all_have(flat, phrases[-1])
        if phrases := two_or_more(phrases):
            yield Listed(1.5 if treated else 2, phrases)


def _without_what_all_have(flat: str, last: Phrase) -> Phrase:
    """End the last arm of "adding zinc or placebo to iron" before what each of them was added to."""
    at = min(
        (at for joint in (" with ", " to ") if (at := flat.find(joint, last.start, last.end)) > 0), default=last.end
    )
    return Phrase(last.start, at, last.head, last.common)


_MOST_GIVEN = 4
_COMPARED_WITH = re.compile(
    r"(?:(?!, | or | and )[^.;]){0,100}? (?:with|to|against) |[^.;]{0,150}? (?:compared|versus|vs\.?|between) "
)


def before_verbs(prose: Prose, start: int, stop: int) -> list[Phrase]:
    """Return the alternatives before "was given": "either zinc or a placebo was infused".

    Parameters
    ----------
    prose : Prose
    start, stop : int
        Of a sentence.
    """
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
    r"(?:receiv(?:ed|ing)|treated with|underwent|given|ingested|comparing|took"
    r"|to compare(?: the)?(?: (?:efficacy|effects?|safety|effectiveness|tolerability)(?:,? (?:and )?[a-z]+){0,2} of"
    r"(?: (?:combining|adding))?)?|(?:treatment|therapy) with"
    r"|(?:using|with)(?= either\b)|offered|prescribed"
    r"|comparison of(?: the)?(?: [a-z-]+(?:, [a-z-]+){0,3}(?:,? and [a-z-]+)? of(?= ))?|consumed"
    r"|(?:periods|phases) (?:with|on))\b"
    r"(?: orally)?(?:, (?:in|using) an? [^.;()]{1,60}? (?:manner|fashion|order|design"
    r"|sequence),)?(?: either)?(?: the\b)?"
)
