"""What a sentence tells of all patients, or of several arms at once, and of no single arm."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from trialstats.sources.text.group_model import Mention
from trialstats.sources.text.statement_rows import Places, Row

ALL = re.compile(
    r"\b(?:both|all|two|three|four|either|each|study|treatment) (?:the )?(?:study |treatment |trial )?(?:groups?"
    r"|arms?|cohorts?|patients|participants|regimens|treatments)\b|\bfollow-?up\b|\bage\b|\baged\b"
    r"|\b(?:overall(?! [a-z]+ (?:rates?|responses?|survival|incidence|frequency)\b)"
    r"(?! (?:survival|responses?|rates?|mortality|incidence|remission|clinical|objective|complete))"
    r"|in total|of all|combined|pooled|together|total of|all patients"
    r"|the (?:entire|whole|total)(?! (?:[a-z]+ ){0,2}(?:rates?|scores?|costs?|volumes?|doses?|incidence)))\b"
)
"""Words for all patients, or for what all of them have."""
_OF_THE_WHOLE = re.compile(
    r"\W*(?:results?: )?(?:of|among|in|for) (?:the |all |these |our )*(?P<size>[0-9][0-9,]*) (?:[a-z-]+ ){0,3}?"
    r"(?:patients|participants|women|men|subjects|children|adults|individuals|people|volunteers|infants)\b"
    r"(?: (?:who were )?(?:randomi[sz]ed|enrolled|included|treated|analy[sz]ed))?(?: ?\([^()]*\))?,? "
)


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


_LED_IN = re.compile(r"\b(?:in|within|among|for|of) (?:the |those (?:in|on|receiving|given) )?$")
_GROUP = re.compile(r"(?:[ -](?:groups?|arms?|patients|participants|recipients|women|men|children)\b)")
_AGAINST = re.compile(
    r"\b(?:than|versus|vs|v|between|relative to|in contrast to|whereas|while)\b"
    r"|\b(?:compared|comparison|differ\w*|similar)\b(?! (?:to|with|from) (?:the )?(?:baseline|pre|before|start))"
    r"|\b(?:hazard|odds|risk|rate)s? ratio|\bcontrols?\b"
)

_COMPARATIVE = re.compile(
    r"\b(?:lower|higher|greater|less|more|fewer|better|worse|shorter|longer|larger|smaller|superior|earlier|later"
    r"|favou?r\w*)\b"
)
_CHANGE = re.compile(r"\b(?:increas|decreas|declin|improv|reduc|ros|rise|rose|fell|fall|chang|gain|loss|lost)")
_OPENING = re.compile(r"[.;\s]*(?:results?: )?(?:in contrast, |conversely, )?(?:in|within|among|for) (?:the |those )?")


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
    start, stop = sentence
    led = any(
        _LED_IN.search(places.text(max(start, one.start - 24), one.start))
        and _GROUP.match(places.text(one.end, one.end + 14))
        for one in named
    )
    words = "".join(places.text(*between) for between in _around(named, start, stop))
    if not led or _AGAINST.search(words) is not None:
        return None
    opens = _OPENING.fullmatch(places.text(start, max(start, named[0].start))) is not None
    return named[0].group if opens or _COMPARATIVE.search(words) is None else None


def tells_of_change(words: str) -> bool:
    """Whether a sentence tells how something changed, and holds nothing against anything.

    Parameters
    ----------
    words : str
    """
    return all(pattern.search(words) is None for pattern in (_AGAINST, _COMPARATIVE)) and bool(_CHANGE.search(words))


def _around(named: Sequence[Mention], start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield what stands around the names of arms."""
    for one in named:
        yield start, max(start, one.start)
        start = one.end
    yield start, stop
