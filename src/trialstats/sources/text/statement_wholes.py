"""What a sentence tells of all patients, or of several arms at once, and of no single arm."""

from __future__ import annotations

import re

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
