"""Find sizes that are told of every arm at once: "30 in each group", "20, 21 and 20 in groups 1 to 3"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trialstats.sources.text.groups.numbers import EVENT, IN_WORDS, PEOPLE, Number
from trialstats.sources.text.groups.prose import Prose
from trialstats.sources.text.sizes.events import HAD
from trialstats.sources.text.tokens.expressions import Gated
from trialstats.sources.text.words.of_values import EVENTS

_EACH_BEFORE = re.compile(
    r"\b(?:each|both)(?: (?:of )?(?:the )?[a-z]+)?(?: [a-z]+)? (?:contained|included|comprised|comprising"
    r"|consisted of|consisting of|containing|numbered|with|had|of) $"
)
_GROUPS_BEFORE = re.compile(
    r"\b(?:groups|arms|cohorts)"
    r"(?: (?:of|were|had|with|comprised|consisted|contained|included|numbered|about|only)){1,3} $"
)
"""What leads to "30 adults each": "three groups of", "the arms consisted of"."""
_OF_EACH = re.compile(rf" (?:[a-z-]+ )?{PEOPLE},? (?:each|apiece)\b")
_OF_PEOPLE = re.compile(rf" (?:[a-z-]+ )?{PEOPLE}\b")
_EQUAL_NUMBERS = re.compile(r"\bequal numbers?(?: of [a-z]+)? ?[(\[]n ?= ?$")
_IN_EACH = Gated(r"\b(?:in|to|of) each (?:of the (?:two |three |four )?)?(?:[a-z]+ )?(?:groups?|arms?),? $", " each ")
_TOOK_PART = re.compile(
    rf" (?:[a-z-]+ )?{PEOPLE} (?:were|was) (?:finally |then )?(?:available|analy[sz]|evalua|assess|includ|studied"
    r"|treated|randomi|enrol|assign|allocat)"
)
"""Behind the size of every arm: "in each group 31 women were evaluable"."""
_CLOSES = re.compile(r" ?(?:[.,;)]|and\b|$)")
_EACH = re.compile(
    rf"(?: each in (?:the |both |[a-z]{{3,14}}(?: group)? and (?:the )?[a-z]{{3,14}} group)|(?:(?: (?!(?:of|in|were"
    rf"|was|had|with|and|or|per|patients)\b)[a-z-]+)? {PEOPLE})?"
    r"(?: (?:were|was))?(?: randomly)?(?: (?:randomi[sz]ed|assigned"
    r"|allocated|included|enrolled|received|put|placed|entered|distributed|recruited))?"
    r"(?: to| in| into| for| per|,)?"
    r"(?: (?:each|every)\b(?: (?:of (?:the |these )?)?(?:two |three |four |five |study )?(?:groups?|arms?|treatments?"
    r"|regimens?|cohorts?|conditions?|one|[a-z]+ groups?)"
    r"|[).,;])|(?<= per| for) (?:each )?(?:group|arm|treatment arm|study arm|cohort)\b| both (?:groups|arms)\b)"
    r"| of each(?: group| arm)?(?= ?[)\],;]))"
)


def of_each(prose: Prose, number: Number) -> bool:
    """Whether a number is the size of every arm: "30 in each group".

    Parameters
    ----------
    prose : Prose
    number : Number
    """
    text = prose.text
    if _GROUPS_NEXT.match(text, number.end) is not None or _VALUE.search(text, max(0, number.start - 50), number.start):
        return False
    if _PLANNED.search(text, *_clause(text, number)) is not None:
        return False
    start, stop = max(number.sentence[0], number.start - 50), min(number.sentence[1], number.end + 90)
    led = text[start : number.start]
    if ("each" in led or "both" in led) and _EACH_BEFORE.search(led):
        return not led.endswith((" had ", " with ")) or _told(text, number, stop)
    if EVENT.match(text, number.end) is not None:
        return False
    if _EQUAL_NUMBERS.search(led) is not None:
        return True
    if _IN_EACH.search(led) is not None and _TOOK_PART.match(text, number.end, stop) is not None:
        return True
    if _OF_EACH.match(text, number.end, stop) is not None and _GROUPS_BEFORE.search(led) is not None:
        return True
    each = _EACH.match(text, number.end, stop)
    if each is None or HAD.match(text, each.end()) is not None:
        return False
    return _PART_OF_EACH.match(text, each.end(), stop) is None


_GROUPS_NEXT = re.compile(r" (?:[a-z]+ )?(?:groups|arms|cohorts|regimens|trials|studies|cent(?:re|er)s|sites)\b")
"""What is counted, and no patients: "in each of six treatment groups"."""
_VALUE = re.compile(
    r"\b(?:score|level|rate|value|time|duration|dose|median|mean|average)s?\b[^.;:()0-9]{0,20} (?:was|were|of) $"
)
"""What has a value in each group: "the median score was 4 in both groups"."""
# "In each group 20 had zinc and 5 had iron" tells of two parts of every group.
_PART_OF_EACH = re.compile(
    rf" (?:received|took|underwent|were given)\b[^.;]{{2,80}}? and (?:[0-9]{{1,5}}|{IN_WORDS})(?: {PEOPLE})?"
    r" (?:received|took|underwent|were given)\b"
)


_PLANNED = re.compile(
    r"\b(?:aim(?:ed|ing)?|planned|needed|required|requires?|target(?:ed)?|goal|sample size|power(?:ed)?"
    r"|calculat(?:ed|ion)|to detect|anticipat(?:ed|ing)|intended|necessary|sought)\b"
)


def _clause(text: str, number: Number) -> tuple[int, int]:
    """Return where the clause of a number begins and ends: a planned size may stand beside one that was reached."""
    first, last = number.sentence
    begin, end = text.rfind(";", first, number.start), text.find(";", number.end, last)
    return begin + 1 if begin >= 0 else first, end if end >= 0 else last


def _told(text: str, number: Number, stop: int) -> bool:
    """Whether people are said to be counted, or nothing: "each group had 30 adults", "each group had 30."."""
    people = _OF_PEOPLE.match(text, number.end, stop)
    return (
        _CLOSES.match(text, number.end, stop) if people is None else _CLOSES.match(text, people.end(), stop)
    ) is not None


_LIST = re.compile(
    rf"\b(?:[0-9]{{1,7}}|{IN_WORDS})(?:, [0-9]{{1,7}}){{0,7}},? and (?:[0-9]{{1,7}}|{IN_WORDS})"
    r"(?P<who>(?: [a-z-]+){0,7}?)(?:, respectively,)? (?:in|to|for|received"
    r"|were|who|assigned|into|on|had|completed)\b"
)
_FEW = 2
_IN_TRIALS = re.compile(r"(?: [a-z]+){0,3}? (?:the |both )?(?:two |three |four )?(?:trials|studies)\b")
_IN_GROUPS = re.compile(r"\b(?:groups?|arms?)\b[^.;]{0,20}respective")
_OF_EVENTS = re.compile(rf"\b(?:{EVENTS}|hospitali[sz]ations|admissions|visits|complications|failures)\b")
_HAD_EVENTS = re.compile(
    r"(?<=had) (?!(?:been|received|an? (?:mean|median|follow)|baseline|follow|complete|available|data|adequate"
    r"|sufficient|evaluable|assessable|valid)\b)"
)
_OF_PATIENTS = re.compile(rf"{PEOPLE}|random|assign|allocat|total")


def listed_in_order(prose: Prose, numbers: list[Number], count: int) -> Iterator[tuple[int, Number]]:
    """Yield the sizes of "20, 21 and 20 in groups 1 through 3, respectively", with their arms.

    Parameters
    ----------
    prose : Prose
    numbers : list of Number
        Of one sentence.
    count : int
        How many arms there are.
    """
    start, stop = numbers[0].sentence
    if count < 2 or len(numbers) < count or prose.text.find("respective", start, stop) < 0:
        return
    for found in _LIST.finditer(prose.text, start, stop):
        if _IN_TRIALS.match(prose.text, found.end()) is not None:
            continue
        if _OF_EVENTS.search(found["who"]) or _HAD_EVENTS.match(prose.text, found.end()):
            continue  # "there were 41 and 38 deaths in", "41 and 38, respectively, had a fatal stroke"
        if found["who"].count(" ") > _FEW and _IN_GROUPS.search(prose.text, found.end(), stop) is None:
            continue  # "80 and 90 adults were randomised in the two trials, respectively"
        of = [number for number in numbers if found.start() <= number.start < found.end()]
        if len(of) == count and _OF_PATIENTS.search(prose.text, max(start, found.start() - 120), found.end()):
            yield from enumerate(of)
            return


_AMONG = re.compile(r"(?:^\s*|[.:;,] ?|\b(?:and|while|whereas) )(?:among|of|in|for) (?:the|those|all|these) $")
_ALL_GIVEN = re.compile(r"\b(?:received|receiving|treated with|given|taking|took)\b")
_COMMA = re.compile(
    r"(?: (?:alone|once daily|daily|therapy|treatment))?(?: ?[(\[][^()]{1,20}[)\]])?,(?! (?:who|of whom|and|or|with)\b)"
)


def all_given(text: str, number: Number, gap: str, end: int) -> bool:
    """Whether a clause opens with all who were given an arm: "Among the 225 patients who received zinc, rash was".

    Parameters
    ----------
    text : str
    number : Number
    gap : str
        Between the number and the name of the arm.
    end : int
        Where that name ends.
    """
    if _ALL_GIVEN.search(gap) is None or _COMMA.match(text, end) is None:
        return False
    return _AMONG.search(text[max(number.sentence[0], number.start - 24) : number.start]) is not None
