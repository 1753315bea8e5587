"""Mentions of arms by the dose that tells them apart: "with 10, 20 and 40 mg", "the higher dose"."""

from __future__ import annotations

import re

from trialstats.sources.text.groups.doses import A_DAY, dose_lists, is_time, names_arms
from trialstats.sources.text.groups.model import Mention
from trialstats.sources.text.names.of_phrases import Arm

_ONE_DOSE = re.compile(r"([0-9][0-9.,]*) ([a-zµμ%]+)")


def _own_dose(arm: Arm) -> tuple[str, str] | None:
    """Return number and unit of the one dose that tells an arm apart: "zinc 10 mg", later "zinc 10 and 25 mg"."""
    names = dict.fromkeys((*arm.doses, *arm.wholes))
    doses = [found for name in names if (found := _ONE_DOSE.fullmatch(name)) is not None]
    return (doses[0][1], doses[0][2]) if len(doses) == 1 else None


def in_lists_of_doses(text: str, arms: list[Arm]) -> list[Mention]:
    """Find the arms of "with 10, 20 and 40 mg": doses whose unit stands behind the last.

    Parameters
    ----------
    text : str
        In lower case.
    arms : list of Arm
    """
    told = [arm.dose or _own_dose(arm) for arm in arms]
    told = [None if dose is None else (dose[0], A_DAY.sub("", dose[1])) for dose in told]
    of = {dose: number for number, dose in enumerate(told) if dose is not None and told.count(dose) == 1}
    if len(of) < 2:
        return []
    found = []
    for doses in dose_lists(text, 0, len(text)):
        for dose in doses:
            arm = of.get((dose.number, A_DAY.sub("", dose.unit)))
            if arm is not None and names_arms(text, dose, doses[-1].end):
                drug = next((name for name in arms[arm].names if _ends(text, dose.start - 1, name)), "")
                with_drug = drug and dose is doses[0] and arms[arm].dose is None
                start = dose.start - len(drug) - 1 if with_drug else dose.start
                found.append(Mention(arm, start, dose.end))
    return found + _ranked(text, arms, told) + _times(text, arms, of)


def _ends(text: str, at: int, name: str) -> bool:
    """Whether a name stands right before a blank: "zinc 10 and 25 mg"."""
    begin = at - len(name)
    return text.startswith(f"{name} ", begin) and not text[begin - 1 : begin].isalnum()


_TIME = re.compile(
    r"(?:\b(?:with|given|receiv(?:ed|ing))|(?:%|[0-9]\)) (?:after|for)) (?P<dose>(?P<number>[0-9]{1,3}|[a-z]{3,6})"
    r" (?P<unit>day|week|month|year|cycle)s)\b(?! (?:later|after|before|and|of follow|ago))"
)


def _times(text: str, arms: list[Arm], of: dict[tuple[str, str], int]) -> list[Mention]:
    """Find the arms of "19% with 5 days and 16% with 10 days", where a text says so of two at least."""
    if not any(is_time(unit) for _, unit in of):
        return []
    told = [(of.get((one["number"], one["unit"])), one.span("dose")) for one in _TIME.finditer(text)]
    told += [(arm, (arms[arm].phrase.start, arms[arm].phrase.end)) for (_, unit), arm in of.items() if is_time(unit)]
    found = [Mention(arm, *span) for arm, span in told if arm is not None]
    return found if len({one.group for one in found}) > 1 else []


_RANK = re.compile(
    r"(?<![\w-])(?P<rank>lower|higher|lowest|highest|low|high)(?:[ -](?:[0-9.]+[ -][a-zµμ]+[ -])?(?:dose|dosage)\b"
    r"(?![ds]|[ -]response)(?:[ -](?:groups?|arms?|regimen))?|(?<=the lower)"
    r"(?=,? (?:and|or)\b[^.;]{1,60}\bhigher dose))"
)


_IN_FIGURES = re.compile(r"[0-9]{1,3}(?:,?[0-9]{3})*(?:[.·][0-9]+)?")
_DRUG = re.compile(r"[a-z]{4,}")


def _ranked(text: str, arms: list[Arm], told: list[tuple[str, str] | None]) -> list[Mention]:
    """Find "the lower dose" and "the higher dose", where two arms have one, and "the lowest" of several."""
    known = [(at, dose) for at, dose in enumerate(told) if dose is not None]
    if len(known) < 2 or not all(_IN_FIGURES.fullmatch(dose[0]) for _, dose in known):
        return []
    doses = sorted((float(dose[0].replace(",", "").replace("·", ".")), at) for at, dose in known)
    units = {dose[1] for _, dose in known}
    drugs = {frozenset(_DRUG.findall(f"{arms[at].label} {arms[at].phrase.head}".lower())) for _, at in doses}
    if len(units) != 1 or len(drugs) > 1 or len({size for size, _ in doses}) < len(doses) or is_time(*units):
        return []
    of = {"lowest": doses[0][1], "highest": doses[-1][1]}
    if len(doses) == 2:
        of |= {"lower": doses[0][1], "low": doses[0][1], "higher": doses[1][1], "high": doses[1][1]}
    return [Mention(of[one["rank"]], *one.span()) for one in _RANK.finditer(text) if one["rank"] in of]
