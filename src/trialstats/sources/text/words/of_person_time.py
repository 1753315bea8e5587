"""How person-time and what is counted per person-time are written: 1,210 patient-years, 3.2 per 100 woman-years."""

from __future__ import annotations

import re

_PEOPLE = (
    r"persons?|patients?|pts?|wom[ae]n|m[ae]n|child(?:ren)?|infants?|neonates?|participants?|subjects?|players?"
    r"|residents?"
)
_DEVICES = r"(?:central[ -]|urinary[ -])?catheters?|ventilators?|devices?|lines?|beds?|eyes?|implants?"
_LENGTH = r"years?|yrs?|y|months?|mo|weeks?|wks?|days?"
TIME = (
    rf"(?<![a-z])(?:(?P<who>{_PEOPLE}|{_DEVICES})'?(?:[ -](?:exposure|treatment|follow-?up))?(?: per |[ -]?)"
    rf"(?P<time>{_LENGTH})"
    r"|(?P<short>pys?|pyrs?))\b"
)
"""Whose time is counted, and in what: patient-years, women-months, catheter days, PY."""
PER = re.compile(rf"(?:/|\bper) ?(?:a |each |every )?(?P<many>1[0, ]{{0,11}})?(?P<million> ?million)?[ -]?{TIME}")
"""What a rate is counted per: "per 1,000 patient-years", "/100 PY"."""
COUNTED_PER = rf"(?:numbers?|rates?|incidences?)(?: [a-z-]{{1,20}}){{1,6}} ?{PER.pattern}"
"""What is counted so: "number of falls per patient-year"."""


def speaks_of_person_time(text: str) -> bool:
    """Whether a text in lower case has words for person-time."""
    return re.search(TIME, text) is not None


def time_of(found: re.Match[str]) -> str:
    """Return in what person-time is counted: year, month, week or day."""
    if found["short"]:
        return "year"
    first = found["time"][0]
    return {"y": "year", "m": "month", "w": "week", "d": "day"}[first]


def who_of(found: re.Match[str]) -> str:
    """Return whose time is counted, in the singular."""
    if found["short"]:
        return "person"
    who = found["who"].replace("women", "woman").replace("children", "child").rstrip("s")
    return "patient" if who == "pt" else who


def unit_in_words(found: re.Match[str]) -> str:
    """Return a unit of rates as we write it: per 1000 patient-years, per patient-year."""
    many = re.sub(r"[ ,]", "", found["many"] or "") + ("000000" if found["million"] else "")
    many = "1000000" if many == "000000" else many
    unit = f"{who_of(found)}-{time_of(found)}"
    return f"per {unit}" if many in ("", "1") else f"per {many} {unit}s"


def is_of_people(unit: str) -> bool:
    """Whether a unit of person-time counts the time of people, not of a device: patient-years, per 100 woman-years."""
    return re.search(rf"\b(?:{_PEOPLE})-", unit) is not None


def length_of(unit: str) -> str:
    """Return in what a unit counts time: ``year`` of "per 100 person-years".

    Examples
    --------
    >>> length_of("per 100 person-years"), length_of("patient-months"), length_of("")
    ('year', 'month', '')
    """
    found = re.search(r"\b(year|month|week|day)s?$", unit)
    return found[1] if found is not None else ""
