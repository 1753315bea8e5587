"""Who of all took part or went on: "of 713 women who were randomised, 709 received zinc", "74 of 92 were enrolled"."""

from __future__ import annotations

import re

from trialstats.sources.text.groups.numbers import PEOPLE, Number, kind_of
from trialstats.sources.text.sizes.behind_equals import SAID

_OF_MANY = re.compile(
    r"(?:^\W*(?:(?:results|findings): ?)?|[.;] )of (?:the |all |these )*(?P<all>[0-9][0-9,]*) "
    rf"[^.;]{{0,60}}{PEOPLE}\b[^.;]{{0,60}}, $"
)
_DID = re.compile(
    r"(?: [(\[][^()\[\]]{0,120}[)\]])?(?: (?:patients|participants|women|men|children|adults))?"
    r" (?:(?P<treated>received|were treated|underwent|started|took)"
    r"|(?P<completed>completed|finished|returned|attended|provided|contributed|gave)"
    r"|(?:were|could be) (?:eligible for (?:the )?(?:final |primary )?analys|evaluable|assessable|evaluated"
    r"|analy[sz]ed))"
)
_NEARLY_ALL = 0.85


def part_of_all(text: str, number: Number) -> str:
    """Return who are counted in "of 713 patients who were randomised, 709 received treatment"; empty if others.

    Parameters
    ----------
    text : str
    number : Number
    """
    whole = _OF_MANY.search(text[max(number.sentence[0], number.start - 160) : number.start])
    did = _DID.match(text, number.end) if whole is not None else None
    if whole is None or did is None:
        return ""
    least = _NEARLY_ALL * int(whole["all"].replace(",", ""))
    if (did["treated"] or did["completed"]) and int(number.digits) < least:
        return ""
    return "treated" if did["treated"] else "completed" if did["completed"] else "evaluable"


# "58 of the 80 women planned were enrolled", "61 (57%) of 107 adults with warts were recruited"
_SOME_OF = re.compile(
    r"(?: ?[(\[][0-9.]{1,5} ?%[)\]])? (?:out )?of (?:the |a )?(?:planned |intended |projected )?[0-9,]{2,7}"
    rf"(?: ?[(\[][0-9.]{{1,5}} ?%[)\]])?(?: (?!were|was)[a-z-]+){{0,5}}? {PEOPLE}\b[^.;:()0-9]{{0,90}}?"
    r"(?<! who)(?<! that) (?P<verb>were|was|participated|entered|agreed|consented|underwent(?= randomi))\b"
    r"(?: (?:randomly|finally|eventually|successfully))?"
    r"(?: (?P<done>randomi|assign|allocat|enrol|recruit|includ|regist|evalua|assessable|analy[sz]ed|analy[sz]able))?"
)


def some_of(text: str, number: Number) -> tuple[int, str] | None:
    """Judge the first number of "31 of 322 eligible women were recruited": it is they who took part.

    Parameters
    ----------
    text : str
    number : Number
    """
    some = _SOME_OF.match(text, number.end, number.sentence[1])
    if some is None:
        return None
    if some["done"]:
        return SAID, kind_of(some["done"])
    return (0, "") if some["verb"] in ("was", "were") else (SAID, "enrolled")
