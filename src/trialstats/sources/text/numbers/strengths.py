"""Percentages that are how strong a solution or a gas is, and no share: "4% albumin", "eye drops (0.5%)"."""

from __future__ import annotations

import re

from trialstats.sources.text.tokens.document import Document

_FORMS = (
    r"(?:solutions?|cr[eè]mes?|creams?|rinses?|gels?|ointments?|lotions?|(?:eye )?drops|shampoos?|foams?|paste"
    r"|mouthwash|mouthrinse|varnish|spray|emulsion|suspension)"
)
_SUBSTANCES = (
    r"(?:saline|dextrose|nacl|sodium chloride|albumin|hes|hydroxyethyl starch|lidocaine|(?:levo)?bupivacaine"
    r"|ropivacaine|chlorhexidine|povidone|ethanol|formalin|hydrogen peroxide|carbamide peroxide|sucrose|oxygen|o2"
    r"|nitrous|xylocaine|timolol|minoxidil)"
)
_BEHIND = re.compile(
    rf"[ -](?:{_SUBSTANCES}|(?:(?!(?:in|of|and|for|with|to|on|by|at|had|were|was|who|after|from|the|than|vs|took"
    rf"|preferred|chose|[a-z]+ed)\b)[a-z-]{{3,20}} ){{0,2}}{_FORMS})\b"
    r"(?! (?:groups?|arms?|users|patients|saturation|therapy|use|consumption|recipients))"
)
_BEFORE = re.compile(rf"\b{_FORMS},? \(?$")
_HELD_AGAINST = re.compile(r"\)? ?(?:than|v|vs\.?|versus|compared|and|or|of|in)\b")
_STRONGEST = 5
_WORD = re.compile(r"[a-z-]{3,20}")
_WORD_BEFORE = re.compile(r"([a-z-]{3,20}) $")
_NO_NAME = re.compile(
    r"(?:by|in|of|was|were|from|than|and|the|with|for|to|vs|versus|about|only|over|under|per|least|most|approximately"
    r"|improvement|reduction|increase|decrease|lower|higher|loss|response|survival|mortality|risk|rates?|difference"
    r"|patients|women|men|children|efficacy|effective|reduces?|reduced|increased|decreased)"
)
_TITLE = 300
"""Characters in which a title ends."""


def is_a_strength(document: Document, token: int) -> bool:
    """Whether a percentage is how strong a solution is, by its words or because the title has it with its substance.

    Parameters
    ----------
    document : Document
    token : int
        Of a number with its per cent sign.
    """
    text, start, end = document.tokens.text, document.tokens.starts[token], document.tokens.ends[token]
    if _BEHIND.match(text, end) is not None:
        return True
    weak = document.value(token) <= _STRONGEST and _HELD_AGAINST.match(text, end) is None
    if weak and _BEFORE.search(text, max(0, start - 26), start) is not None:
        return True
    behind = _WORD.match(text, end + 1) if weak else None
    if behind is not None and _NO_NAME.fullmatch(behind[0]) is None:
        again = f"{text[start:end]} {behind[0]}"
        if text.count(again) > 1 and any(
            _BEHIND.match(text, one.start() + end - start) for one in re.finditer(re.escape(again), text)
        ):
            return True  # "1% zoltamine" where the text has "1% zoltamine cream" too
    title = text.find(". ", 0, _TITLE)
    if title < 0 or text.find("%", 0, title) < 0:
        return False
    said = text[start:end]
    behind, before = _WORD.match(text, end + 1), _WORD_BEFORE.search(text, max(0, start - 22), start)
    named = (f"{said} {behind[0]}" if behind else "", f"{before[1]} {said}" if before else "")
    words = (behind and behind[0], before and before[1])
    return any(
        word is not None
        and _NO_NAME.fullmatch(word) is None
        and text.count(name, 0, title) > 0
        and text.count(name) > 1
        for word, name in zip(words, named, strict=True)
    )
