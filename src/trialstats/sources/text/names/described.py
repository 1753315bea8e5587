"""What arms that are called by their role had, told in a sentence of its own: "The control group received advice"."""

from __future__ import annotations

import re

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
    r"(?: ?\([^()]{1,30}\))?,? (?:(?:who|only|also|then) )?(?:(?:was|were|will be|would be) )?(?:(?:only|also|then) )?"
    r"(?:received?|given|attended|underwent|scheduled to (?:receive|undergo)|offered|participated in|took part in"
    r"|treated with|exposed to|provided(?: with)?|continued(?: with)?|used|performed|followed)"
    r" (?:an? |the |their |only )*"
)
# What says how many, how much or what came of it, and not what was given.
_NOTHING = re.compile(
    r"(?:[0-9]|at least|more|fewer|less|significant|higher|lower|greater|assigned|allocated|similar|same|different"
    r"|study drug|average|treatment\b|intervention\b|trial|additional|in addition|for|in|up|two$|three$)"
)
_WHAT = re.compile(r"[a-z][^.;:()\[\]%,=]{4,90}")
_ENDS = re.compile(
    r" (?:for|over|during|at|every|each|per|which|that|who|whereas|while|from|within|until|after|before|when"
    r"|delivered|in (?:addition|the|a|an|their|both)|on (?:days?|weeks?|how|the)|to [a-z]+"
    r"|and (?:the|were|was|those|a|no)|once|twice|daily|weekly|throughout|about|based|because|as (?:well|a)|by"
    r"|[0-9]+)\b"
)
_FEWEST_LETTERS, _MOST_WORDS = 8, 9
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
    named = r"controls" if role == "controls" else rf"{re.escape(role)}(?:{_PEOPLE})?"
    if role == "control":
        named = rf"control(?:s|{_PEOPLE})"
    for found in re.finditer(rf"\b{named}{_HAD}", text):
        what = _WHAT.match(text, found.end())
        if what is None or _NOTHING.match(what[0]) is not None or _RESULT.match(text, found.start()) is not None:
            continue
        end = _ENDS.search(what[0])
        stop = what.end() if end is None else found.end() + end.start()
        words = cased[found.end() : stop].strip()
        if words.endswith(" of") or len(words) < _FEWEST_LETTERS or len(words.split()) > _MOST_WORDS:
            continue
        return words
    return ""
