"""What is given together in one arm: drugs that commas join ("A, B, and C"), and the schedules between them."""

from __future__ import annotations

import re

from trialstats.sources.text.groups.drugs import DRUG
from trialstats.sources.text.tokens.expressions import Gated

_NO_ITEM = (
    r"(?!(?:placebo|no|not|usual|control|controls|standard|sham|both|either|the|then|an?|were|was|all|we|to|in|on"
    r"|at|by|of"
    r"|with|without|plus|and|or|followed|given|had|each|every|who|which|whom|patients|participants|for|until|during"
    r"|respectively|daily|weekly|once|twice|increased|decreased|mean|median|that|this|these|their|observation"
    r"|groups?|arms?)\b)"
)
_UNIT = r"(?:mg|g|mcg|[uµμ]g|iu|ml|gy|units)"
_TIMES = r"(?:[0-9]+|two|three|four|five|six|eight|ten|twelve)"
_LIST = r"[0-9]+(?:(?:,? and |, | to |-|–)[0-9]+){0,6}"
_HOW = (
    rf"(?:,? [0-9][0-9.,]* ?{_UNIT}(?:/[a-z0-9]+|/m\(\x01\))*|(?: \(\x01*\))?,?(?: (?:given"
    rf"|administered))? (?:orally|intravenously|subcutaneously"
    r"|intramuscularly|iv|po|by mouth|daily|weekly|(?:once|twice|(?:three|four) times)(?:[ -](?:daily|weekly|a day"
    r"|a week"
    r"|per day|per week|every))?"
    rf"|every {_TIMES} (?:weeks?|days?|hours?|months?)|every other day|{_TIMES} (?:weeks|days)"
    rf"|(?:on )?days? {_LIST}(?: (?:of (?:an?|each|every) (?:[0-9]+-(?:day|week) )?(?:cycles?|course)"
    rf"|every {_TIMES} (?:weeks|days)))?"
    rf"|for (?:up to )?{_TIMES} (?:weeks|days|months|cycles|doses)))"
)
_ITEM = (
    rf"{_NO_ITEM}(?:[a-z][a-z0-9/-]{{2,}}|[0-9]-[a-z]{{2,}}|s-1)(?: {_NO_ITEM}[a-z][a-z-]+)?(?: ?"
    rf"[(\[]\x01*[)\]])?\x01*{_HOW}{{0,3}}"
)
SERIES = Gated(rf"(?:{_ITEM}, ){{1,5}}{_ITEM},? (?:and|plus) {_ITEM}", " and ", " plus ")
"""Three or more names that commas and a last "and" join."""
PAIR = re.compile(rf" ?(?:(?:to|the|receive|received) )?(?P<one>{_ITEM}) (?:and|plus) (?P<other>{_ITEM}),? ?")
"""Two names that "and" joins, each with its dose."""
_SHORT = re.compile(r" ?\(([A-Z][A-Za-z-]{2,6})(?:[);,]| (?:group|arm|regimen)\b)")
_HOW_GIVEN = re.compile(_HOW)
_LAST_WORD = re.compile(r"(?:^|[ -])([a-z])[a-z]*(?: [a-z]{1,3})? *$")


def is_regimen(flat: str, cased: str, parts: list[tuple[int, int]], others: str) -> bool:
    """Whether what commas cut is given together: "fluorouracil, epirubicin, cyclophosphamide (FEC)".

    Parameters
    ----------
    flat, cased : str
        The text without the insides of its brackets, and as it is printed.
    parts : list of tuple of int
        What the commas cut.
    others : str
        The words for the other alternatives.
    """
    end = parts[-1][1]
    short = _SHORT.search(cased, parts[-1][0], end + 10)
    items = [flat[start:stop].strip(" ,") for start, stop in parts]
    # "usual care, usual care plus A, usual care plus B"
    same = len(items) > 1 and len({" ".join(item.split(" ")[:2]) for item in items}) == 1
    items[-1:] = re.split(r",? (?:and|plus) ", items[-1])
    if len(items) < _FEWEST or same or any(_BAD_ITEM.search(item) for item in items):
        return False
    if short is not None:
        letters = short[1].lower()
        bare = [_HOW_GIVEN.sub("", item.replace("\x01", "").replace("()", "")) for item in items]
        own = [found[1] for item in bare if (found := _LAST_WORD.search(item)) is not None]
        if sum(letter in letters for letter in own) > len(items) / 2 and len(letters) <= len(items) + 2:
            return True
    # "docetaxel, cisplatin and fluorouracil or cisplatin and fluorouracil"
    joined = len(items) > len(parts)
    drugs = [found[0] for item in items if (found := DRUG.search(item)) is not None]
    return joined and sum(drug in others for drug in drugs) > (len(drugs) - 1) / 2 > 0


_FEWEST = 3
_BAD_ITEM = re.compile(r"\b(?:placebo|usual|control|sham|versus|or)\b|^[0-9.]+ ?(?:mg|g|iu|ml)?$|^$")

_SCHEDULE = re.compile(rf"(?<=[a-z0-9)]){_HOW}{{1,6}},?$")
_JOINTS = {
    " plus ": r"(?:[a-z-]+ ){0,2}[a-z0-9-]{3,}",
    " in combination with ": r"(?:[a-z-]+ ){0,2}[a-z0-9-]{3,}",
    " combined with ": r"(?:[a-z-]+ ){0,2}[a-z0-9-]{3,}",
    " alone": r"\b",
    " only": r"\b",
    " with ": rf"(?:(?:oral|intravenous|iv|low-dose|high-dose|weekly|daily|subcutaneous) )?{DRUG.pattern}",
    " and ": rf"(?:(?:oral|intravenous|iv|low-dose|high-dose|weekly|daily|subcutaneous) )?{DRUG.pattern}",
}
_BEHIND_JOINT = {joint: re.compile(behind) for joint, behind in _JOINTS.items()}
_LAST_OF_SCHEDULE = re.compile(
    r"(?:(?:dai|week)ly|(?:week|day|month|hour|cycle|course|dose)s?|(?:or|intravenous|subcutaneous"
    r"|intramuscular)(?:al)?ly"
    r"|iv|po|mouth|once|twice|times|every|(?:mg|g|mcg|[uµμ]g|iu|ml|gy|units)(?:/.*)?|.*[0-9)]),?"
)
_LONGEST = 120


def without_schedules(flat: str, mask: str) -> str:
    """Mask how something is given before what is given with it: "cisplatin on day 1 plus S-1 on days 1 to 21".

    Parameters
    ----------
    flat : str
    mask : str
        The character that stands for each one masked.
    """
    found: list[tuple[int, int]] = []
    for joint, behind in _BEHIND_JOINT.items():
        at = flat.find(joint)
        while at >= 0:
            word = flat[flat.rfind(" ", 0, at) + 1 : at]
            if _LAST_OF_SCHEDULE.fullmatch(word) is not None and behind.match(flat, at + len(joint)) is not None:
                schedule = _SCHEDULE.search(flat, max(0, at - _LONGEST), at)
                if schedule is not None:
                    found.append(schedule.span())
            at = flat.find(joint, at + 1)
    for start, end in found:
        flat = flat[:start] + mask * (end - start) + flat[end:]
    return flat
