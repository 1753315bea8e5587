"""What a sentence tells of all patients, or of several arms at once, and of no single arm."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from trialstats.sources.text.groups.model import Mention
from trialstats.sources.text.results import Result
from trialstats.sources.text.statements.rows import DOTTED, VERSUS, Places, Row, alike
from trialstats.sources.text.tokens.expressions import Gated

ALL = re.compile(
    r"\b(?:both|all|two|three|four|either|each|study|treatment) (?:the )?(?:study |treatment |trial )?(?:groups?"
    r"|arms?|cohorts?|patients|participants|regimens|treatments)\b|\bfollow-?up\b|\bage\b|\baged\b"
    r"|\b(?:overall(?! [a-z]+ (?:rates?|responses?|survival|incidence|frequency)\b)"
    r"(?! (?:survival|responses?|rates?|mortality|incidence|remission|clinical|objective|complete))"
    r"|across (?:all )?(?:the )?(?:doses|dose levels|groups|arms|cohorts|treatments)"
    r"|in total|of all|combined|pooled|together|total of|all patients"
    r"|the (?:entire|whole|total)(?! (?:[a-z]+ ){0,2}(?:rates?|scores?|costs?|volumes?|doses?|incidence)))\b"
)
"""Words for all patients, or for what all of them have."""
_OF_THE_WHOLE = re.compile(
    r"\W*(?:results?:? )?(?:of|among|in|for) (?:the |all |these |our )*(?P<size>[0-9][0-9,]*) (?:[a-z-]+ ){0,3}?"
    r"(?:patients|participants|women|men|subjects|children|adults|individuals|people|volunteers|infants)\b"
    r"(?: (?:who )?(?:(?:were |underwent )?(?:randomi[sz](?:ed|ation)|enrolled|included|treated|analy[sz]ed)))?"
    r"(?: ?\([^()]*\))?,? "
)


def is_own_of_each(places: Places, row: Row) -> bool:
    """Whether a row has a value for each of three arms or more: held against one of them there would be one fewer."""
    return 2 < len(places.groups.arms) == len(row.arms) == len(set(row.arms)) and row.basis == "stated"


def is_of_all(places: Places, row: Row) -> bool:
    """Whether a row is of all patients: "Of the 416 patients (161 [39%] women), 404 (97%) completed the trial".

    Parameters
    ----------
    places : Places
    row : Row
    """
    led = _OF_THE_WHOLE.match(places.text(*row.sentence))
    if led is None or led["size"].replace(",", "") not in {one.digits for one in places.groups.whole}:
        return False
    start, begin, end = row.sentence[0] + led.end(), places.begin(row.results[0]), places.end(row.results[-1])
    inside = begin < start and places.mentions(row.sentence[0], start)
    return not inside and not places.mentions(start, min(row.sentence[1], end + 60))


_RANGE = re.compile(r"%? ?(?:to|-) ?")
_NO_RANGE = re.compile(
    r"\bfrom\b|\b(?:increas|decreas|declin|improv|reduc|ros|rise|rose|fell|fall|chang|drop|grew|went)"
)
_OF_ARMS = re.compile(r"\b(?:groups|arms|regimens|cohorts|treatments|doses)\b|\bboth\b")


def is_range_of_arms(places: Places, row: Row) -> bool:
    """Whether two values alone in a bracket say between what those of several arms lie: "alike in both (62% to 72%)".

    Parameters
    ----------
    places : Places
    row : Row
        Of two values.
    """
    first, second = row.results
    begin, end = places.begin(first), places.end(second)
    opened = places.text(begin - 1, begin) in ("(", "[") and places.text(end, end + 2).lstrip("%")[:1] in (")", "]")
    if not opened or _RANGE.fullmatch(places.text(places.end(first), places.begin(second))) is None:
        return False
    before = places.text(row.sentence[0], begin)
    return _NO_RANGE.search(before) is None and _OF_ARMS.search(before) is not None


_UP = r"(?:(?:duration|length|period) of |study |clinical )?follow(?:ed)?[ -]?up(?: (?:time|period|duration))?"
_FOLLOWED = re.compile(
    r"\b(?:at|after|with|over|during|for) (?:an? |the )?"
    rf"(?:(?:median|mean|average) {_UP}(?: of|,)?|(?:minimum |overall )?{_UP} of)(?: approximately| about)? $"
)
_OF_ONE = re.compile(
    r"[)\]]*(?: [a-z]{1,7})?(?: ?[(\[][^()\[\]]{1,40}[)\]])?"
    r"(?: (?:in|for|among|with)(?: the| those| patients)*(?: in| on| receiving)?(?: the)? | ?[(\[])"
)


def follow_ups(places: Places, results: Sequence[Result], sentence: tuple[int, int]) -> set[int]:
    """Return the first tokens of what says how long all were followed: "at a median follow-up of 14 months, ...".

    Parameters
    ----------
    places : Places
    results : sequence of Result
        Of one sentence.
    sentence : tuple of int
    """
    if _FOLLOW.search(places.text(*sentence)) is None:
        return set()
    return {one.first for one in results if _is_follow_up(places, one, sentence)}


_FOLLOW = Gated(r"\bfollow(?:ed)?[ -]?up\b", "follow")


def _is_follow_up(places: Places, result: Result, sentence: tuple[int, int]) -> bool:
    """Whether a value is how long all were followed; not "at a median follow-up of 14 months in the X group"."""
    begin, end = places.begin(result), places.end(result)
    if _FOLLOWED.search(places.text(max(sentence[0], begin - 80), begin)) is None:
        return False
    behind = places.mentions(end, min(sentence[1], end + 80))
    return not behind or _OF_ONE.fullmatch(places.text(end, behind[0].start)) is None


_OTHERS_BEHIND = re.compile(
    r"[)\]%]*(?:,? (?:and )?[-+]?[0-9][0-9.]*%?(?: ?[(\[][^()\[\]]{0,40}[)\]])?){0,4}(?: [a-z/%]{1,12}){0,3}?"
    r" (?:in|of|for|at|among|after|on|by) (?P<list>[a-z0-9 ,/-]{3,80}? and [a-z0-9 -]{1,40}?)"
    r"(?P<groups> (?:groups?|arms?))?,? respectively"
)
_RESPECTIVELY = re.compile(r"[^.;:]{0,40}\brespectively\b")
_LIST_OF = re.compile(r"[a-z0-9] and (?=[a-z0-9])")
_GROUPS = re.compile(r"\b(?:groups?|arms?|respectively|treatments|compar\w+|differ\w*|similar\w*)\b")
_CLAUSE = re.compile(r"[.;:] ")


def is_of_others(places: Places, row: Row) -> bool:
    """Whether a row is told of no arms but of other things in turn, "respectively": ages, times, two outcomes.

    Parameters
    ----------
    places : Places
    row : Row
    """
    if len(row.results) < 2 or row.halves is not None:
        return False
    begin, end = places.begin(row.results[0]), places.end(row.results[-1])
    stop = min(row.sentence[1], end + 170)
    if "respectively" not in (behind := places.text(end, stop)) or places.mentions(begin, end):
        return False
    if any(VERSUS.search(DOTTED.sub("vs ", gap)) for gap in _gaps(places, row)):
        return False
    # "12% and 14% of men and women, respectively"
    if (told := _OTHERS_BEHIND.match(behind)) is not None:
        return told["groups"] is None and not places.mentions(end, end + told.end())
    # "fever and rash were seen in 12% and 14%, respectively"
    if (
        not _RESPECTIVELY.match(behind)
        or (_P_BEHIND.match(behind) and not _IN_TWO.search(places.text(row.sentence[0], begin)))
        or places.mentions(row.sentence[0], min(stop, end + 60))
    ):
        return False
    ahead = _CLAUSE.split(places.text(row.sentence[0], begin))[-1]
    if _LIST_OF.search(ahead) is None or _GROUPS.search(ahead):
        return False
    names = " ".join(name for arm in places.groups.arms for name in arm.names)
    return not set(_WORD.findall(names)) & set(_WORD.findall(ahead))


def named_alone(places: Places, row: Row) -> int | None:
    """Return the one arm of two outcomes in turn: "with X, 12% and 14% had rash and fever, respectively".

    Parameters
    ----------
    places : Places
    row : Row
        Whose values are told of other things than arms.
    """
    begin = places.begin(row.results[0])
    named = {one.group for one in places.mentions(*row.sentence)}
    before = places.mentions(row.sentence[0], begin)
    if len(row.results) < 2 or len(named) != 1 or not before or not is_of_others(places, row):
        return None
    told = places.text(row.sentence[0], before[-1].start) + places.text(before[-1].end, row.sentence[1])
    return None if AGAINST.search(told) or ALL.search(told) else before[-1].group


_WORD = re.compile(r"[a-z]{4,}")
# "Cure rates in men and women were": of these, whatever is compared
_IN_TWO = re.compile(
    r"\brates? (?:in|among) (?:[a-z-]+ ){0,3}[a-z-]+ and [a-z-]+(?: (?:to [a-z-]+|patients|strains|participants))?"
    r" (?:was|were) $"
)
_P_BEHIND = re.compile(r"[^.;]{0,12}respectively,? ?[(\[]?p ?[=<>]")
"""A P value of both: they are of two arms."""


def _gaps(places: Places, row: Row) -> list[str]:
    """Return what stands between the values of a row."""
    return [places.text(places.end(one), places.begin(other)) for one, other in pairwise(row.results)]


_SEXES = re.compile(r"(?P<one>(?:fe|wo)?m[ae](?:les?|n)|girls?|boys?)\b")
_OF_PEOPLE = re.compile(r"(?: ?\([0-9.]{1,5} ?%\))? ")


# "The zinc group had 21 rowers (9 women, 12 men"
_GROUP_OF = re.compile(r"[^.;()]{0,60}\b(?:group|arm)\b[^.;()]{0,40} ?[(\[]")


def is_by_sex(places: Places, row: Row) -> bool:
    """Whether two counts are of women and men: "142 adults (76 men, 66 women) were on zinc or tea".

    Parameters
    ----------
    places : Places
    row : Row
    """
    told = []
    for one in row.results:
        led = _OF_PEOPLE.match(places.text(places.end(one), places.end(one) + 10))
        start = places.end(one) + (led.end() if led is not None else 0)
        sex = _SEXES.match(places.text(start, start + 8)) if led is not None else None
        told.append(sex["one"].rstrip("s").replace("e", "a") if sex is not None else None)
    if len(told) != 2 or None in told or told[0] == told[1]:
        return False
    begin = places.begin(row.results[0])
    before = places.mentions(max(row.sentence[0], begin - 80), begin)[-1:]
    return not before or _GROUP_OF.fullmatch(places.text(before[0].start, begin)) is None


_WHEN = (
    r"[)\]%]*(?: [a-z]{1,12})? (?:at|after|by|on) (?:(?:week|month|day|year)s? [0-9]{1,3}"
    r"|[0-9]{1,3} (?:weeks?|months?|days?|years?|hours?|h)|baseline)\b"
)
_AT_ONE = re.compile(_WHEN)
_AND_AT = re.compile(
    _WHEN + r"(?: ?[(\[][^()\[\]]{1,40}[)\]])?(?:,? and|,) (?:in |by )?(?:[0-9]{1,5} )?(?:[a-z]+ )?[(\[]?[-+]?"
)


def at_two_times(places: Places, row: Row) -> bool:
    """Whether two values are of two times: "17 (71%) at week 1 and 16 (70%) at week 4".

    Parameters
    ----------
    places : Places
    row : Row
    """
    if len(row.results) != 2:
        return False
    first, second = row.results
    end = places.end(second)
    if _AND_AT.fullmatch(places.text(places.end(first), places.begin(second))) is None:
        return False
    return _AT_ONE.match(places.text(end, end + 60)) is not None


_LISTS = re.compile(r"[%)\]]*, and [-+]?")


def is_cut(places: Places, row: Row, following: Row) -> bool:
    """Whether a list has more values than there are arms, so that it is not of them in turn: "47%, 66%, and 61%".

    Parameters
    ----------
    places : Places
    row : Row
    following : Row
        The next of its sentence.
    """
    if len(following.results) > 1 or not alike(row.results[-1], following.results[0]):
        return False
    gap = places.text(places.end(row.results[-1]), places.begin(following.results[0]))
    return _LISTS.fullmatch(gap) is not None


_GOES_ON = re.compile(r"(?:\b(?:was|were)|[,:]) [-+]?[0-9]+(?:\.[0-9]+)?%?, $")


def is_rest(places: Places, row: Row) -> bool:
    """Whether a row of several goes on a list whose first values were not read: "were 47, 66, and 61 hours".

    Parameters
    ----------
    places : Places
    row : Row
    """
    begin, end = places.begin(row.results[0]), places.end(row.results[-1])
    if len(row.results) < 2 or places.mentions(begin, end):
        return False
    if any(VERSUS.search(DOTTED.sub("vs ", gap)) for gap in _gaps(places, row)):
        return False
    return _GOES_ON.search(places.text(max(row.floor, begin - 16), begin)) is not None


_LED_IN = re.compile(r"\b(?:in|within|among|for|of) (?:the |those (?:in|on|receiving|given) )?$")
_GROUP = re.compile(r"(?:[ -](?:groups?|arms?|patients|participants|recipients|women|men|children)\b)")
AGAINST = re.compile(
    r"\b(?:than(?! ?0?\.[0-9])|versus|vs|v|between|relative to|in contrast to|whereas|while)\b"
    r"|\b(?:compared|comparison|differ\w*|similar)\b(?! (?:to|with|from) (?:the )?(?:baseline|pre|before|start))"
    r"|\b(?:hazard|odds|risk|rate)s? ratio|\bcontrols?\b"
)
"""Words that hold one thing against another."""
_COMPARATIVE = re.compile(
    r"\b(?:lower|higher|greater|less|more|fewer|better|worse|shorter|longer|larger|smaller|superior|earlier|later"
    r"|favou?r\w*)\b"
)
_CHANGE = re.compile(r"\b(?:increas|decreas|declin|improv|reduc|ros|rise|rose|fell|fall|chang|gain|loss|lost)")
_OPENING = re.compile(r"[.;\s]*(?:results?: )?(?:in contrast, |conversely, )?(?:in|within|among|for) (?:the |those )?")


# What holds the values of an arm against its own before
_SINCE = re.compile(
    r"\b(?:from|to|with|since|between) (?:the )?(?:baseline|pre-?treatment)\b|\bpre-? ?(?:/|and|to|-) ?post-?"
    r"|\bbefore and after\b|\bwithin[ -]group\b"
)


_WITHIN = re.compile(r"[.;\s]*(?:results?:? )?within (?:the )?")


def told_within(places: Places, sentence: tuple[int, int]) -> int | None:
    """Return the one arm whose patients a sentence parts: "within the X group, relief was more frequent in smokers".

    Parameters
    ----------
    places : Places
    sentence : tuple of int
    """
    named = places.mentions(*sentence)
    if not named or len({one.group for one in named}) > 1:
        return None
    led = _WITHIN.fullmatch(places.text(sentence[0], max(sentence[0], named[0].start)))
    return named[0].group if led is not None else None


def told_of_one(places: Places, sentence: tuple[int, int]) -> int | None:
    """Return the one arm of a sentence that tells how something changed in it, and compares it with none.

    Parameters
    ----------
    places : Places
    sentence : tuple of int
    """
    named = places.mentions(*sentence)
    if not named or len({one.group for one in named}) > 1:
        return None
    if (within := told_within(places, sentence)) is not None:
        return within
    start, stop = sentence
    words = "".join(places.text(*between) for between in _around(named, start, stop))
    led = _SINCE.search(words) is not None or any(
        _LED_IN.search(places.text(max(start, one.start - 24), one.start))
        and _GROUP.match(places.text(one.end, one.end + 14))
        for one in named
    )
    if not led or AGAINST.search(words) is not None:
        return None
    opens = _OPENING.fullmatch(places.text(start, max(start, named[0].start))) is not None
    return named[0].group if opens or _COMPARATIVE.search(words) is None else None


def tells_of_change(words: str) -> bool:
    """Whether a sentence tells how something changed, and holds nothing against anything.

    Parameters
    ----------
    words : str
    """
    return all(pattern.search(words) is None for pattern in (AGAINST, _COMPARATIVE)) and bool(_CHANGE.search(words))


def _around(named: Sequence[Mention], start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield what stands around the names of arms."""
    for one in named:
        yield start, max(start, one.start)
        start = one.end
    yield start, stop
