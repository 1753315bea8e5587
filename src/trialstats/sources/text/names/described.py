"""What arms that are called by their role had: "The control group received advice", "advice (control group)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ROLE = re.compile(
    r"(?:the |an? )?(?P<role>intervention(?:al)?|controls?|experimental|treatment|study|comparison|active"
    r"|(?:group|arm) (?:[a-h]|[1-8]|i{1,3}))(?: (?:group|arm|condition))?s?",
    re.IGNORECASE,
)
_PEOPLE = (
    r" (?:groups?|arms?|conditions?|participants|patients|women|men|subjects|children|adults|families|mothers|infants"
    r"|clinics|practices|schools|villages|students|employees|households)"
)
_HAD = (
    r"(?: ?\([^()]{1,30}\)|\))?,? (?:(?:who|only|also|then) )?(?:(?:was|were|will be|would be) )?"
    r"(?:(?:only|also|then) )?"
    r"(?:receiv(?:ed?|ing)|given|attended|underwent|scheduled to (?:receive|undergo)|offered|participated in"
    r"|took part in|treated with|exposed to|provided(?: with)?|continued(?: with)?|used|performed|followed"
    r"|compris(?:ed|ing)|consist(?:ed|ing) of)"
    r" (?:an? |the |their |only )*"
)
# What says how many, how much or what came of it, and not what was given.
_NOTHING = re.compile(
    r"(?:[0-9]|(?:at least|more|fewer|less|higher|lower|greater|similar|same|different|study drug|average|treatment"
    r"|intervention|trial|additional|in addition|for|in|up|lost|completed|mean|median|range|see|table|figure|data"
    r"|no (?:difference|effect|change)s?|(?:all|both|each|most|some) (?:of|the|[a-z]+s))\b|significant|assigned"
    r"|allocated|analy[sz]ed|included|excluded|two$|three$)"
)
_WHAT = re.compile(r"[a-z][^.;:()\[\]%,=]{4,90}")
_ENDS = re.compile(
    r" (?:for|over|during|at|every|each|per|which|that|who|whereas|while|from|within|until|after|before|when"
    r"|delivered|in (?:addition|the|a|an|their|both)|on (?:days?|weeks?|how|the)|to [a-z]+"
    r"|and (?:the|were|was|those|a|no)"
    r"|or (?:to )?(?:an? |the )?(?:controls?|intervention|experimental|treatment|study|comparison|active)"
    r"|once|twice|daily|weekly|throughout|about|based|because|as (?:well|a)|by"
    r"|[0-9]+)\b"
)
_FEWEST_LETTERS, _MOST_WORDS = 8, 9
_COUNTED = re.compile(r"[a-z]+ (?:sessions|visits|meetings|calls|times)|instructions")
_JOINT_LAST = re.compile(r" (?:and|or|plus)$")
_RESULT = re.compile(r"[^.;]{0,160}?(?:[0-9] ?%|\bp ?[<=>]|\bratio|± ?[0-9])")


def described(text: str, cased: str, labels: list[str]) -> list[str]:
    """Return labels with what an arm that is called by its role is said to have had.

    Parameters
    ----------
    text, cased : str
        In lower case, and as printed.
    labels : list of str
    """
    return [
        f"{label} ({had})"
        if (role := _ROLE.fullmatch(label)) is not None and (had := _told(text, cased, role["role"].lower()))
        else label
        for label in labels
    ]


def _told(text: str, cased: str, role: str) -> str:
    spans = (*_before_role(text, role), *_behind_role(text, role), *_said_of(text, role))
    return next((words for start, end in spans if (words := _cut(text, cased, start, end))), "")


def _cut(text: str, cased: str, start: int, end: int) -> str:
    """Return the words of a stretch up to how long and how often, or nothing where they tell of no treatment."""
    if _NOTHING.match(text, start, end) is not None or not text[start].isalpha():
        return ""
    ends = _ENDS.search(text, start, end)
    words = _JOINT_LAST.sub("", cased[start : end if ends is None else ends.start()].strip(" ,"))
    few = len(words) < _FEWEST_LETTERS and not words.isupper()
    if few or words.endswith(" of") or _COUNTED.fullmatch(words) is not None or len(words.split()) > _MOST_WORDS:
        return ""
    return words


def _said_of(text: str, role: str) -> Iterator[tuple[int, int]]:
    """Yield what follows "the control group received"."""
    named = r"controls" if role == "controls" else rf"{re.escape(role)}(?:{_PEOPLE})?"
    if role == "control":
        named = rf"control(?:s|{_PEOPLE})"
    for found in re.finditer(rf"\b{named}{_HAD}", text):
        what = _WHAT.match(text, found.end())
        if what is not None and _RESULT.match(text, found.start()) is None:
            yield what.span()


_LETTER = re.compile(r"(?:group|arm) [a-z0-9]+")
# A bracket with figures or a comparison tells results, sizes or where to look.
_OF_RESULTS = re.compile(r"[%=<>±]|\bvs?\b|\bversus\b|[0-9][.·][0-9]|[0-9] to [0-9]|\bci\b|^[a-z0-9]+$")
_LED = re.compile(
    r"(?:(?:who|that|which|i\.?e\.?|were|was|and) )*(?:(?:only|receiv(?:ed|ing|es?)|given|offered|compris(?:ing|ed)"
    r"|consist(?:ing|ed) of|includ(?:ing|ed)|treated with|us(?:ing|ed)|with(?=\b)) )*(?:(?:an?|the|their) )?"
)


def _behind_role(text: str, role: str) -> Iterator[tuple[int, int]]:
    """Yield what a bracket behind a role tells: "to control (brief advice)"."""
    if _LETTER.fullmatch(role) is not None:
        return
    for found in re.finditer(rf"\b{re.escape(role)}s?(?:{_PEOPLE})? \((?P<told>[^()]{{6,160}})\)", text):
        start, end = found.span("told")
        if _OF_RESULTS.search(found["told"]) is None:
            led = _LED.match(text, start, end)
            stop = text.find(";", start, end)
            yield (led.end() if led is not None else start), (stop if stop >= 0 else end)


_ARM_BEFORE = re.compile(
    r"(?:\b(?:or|versus|vs\.?|either|receiv(?:e|ed|ing)|undergo|underwent|compared (?:with|to)|treated with|using)"
    r"|(?:\b(?:assigned|allocated|randomi[sz]ed)|,|ratio|[0-9]\)) to|\bbetween)"
    r"(?: (?:either|to|receive|undergo|an?|the|with))* "
    r"(?P<told>(?:(?!\b(?:or|versus|vs|either|receiv(?:e|ed|ing)|undergo|compared|people|patients|participants|women"
    r"|men|subjects|children|adults|volunteers|whom?|were|was|while|whereas|which|that)\b)[^.;:()])+)$"
)
_FARTHEST = 160


def _before_role(text: str, role: str) -> Iterator[tuple[int, int]]:
    """Yield what stands before a role in brackets: "or brief advice (control group)"."""
    if _LETTER.fullmatch(role) is not None:
        return
    for found in re.finditer(rf" \((?:the )?{re.escape(role)}s?(?:{_PEOPLE})?(?:[;,] ?n ?= ?[0-9,]+)?\)", text):
        arm = _ARM_BEFORE.search(text, max(0, found.start() - _FARTHEST), found.start())
        if arm is not None:
            yield arm.span("told")
