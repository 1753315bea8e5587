"""Find posterior probabilities."""

from __future__ import annotations

import re
from dataclasses import dataclass

from trialstats.sources.text.tokens.document import LIMIT, Document
from trialstats.sources.text.tokens.expressions import Gated

_LABEL = re.compile(
    r"posterior(?: \w{1,15}){0,2} ?probabilit(?:y|ies)(?! interval)|bayesian probabilit(?:y|ies)(?! interval)"
    r"|probabilit(?:y|ies) of (?:superiority|non-?inferiority|(?:any |a )?benefit|harm|futility|efficacy|inferiority)"
    r"|bayesian [a-z]{3,12} (?:for|of) the probability that|(?:bayesian|posterior) probability that"
    r"|\bpr(?:ob)? ?\([^()]{1,40}[<>][^()]{1,40}\)|\bp ?\([^()]{1,40}[<>][^()]{1,40}\)"
    r"|probabilit(?:y|ies) that (?=the true |(?!cost)[^.;()0-9]{2,60}\b(?:superior|better)\b)"
    r"|predicted probabilit(?:y|ies)(?= (?:of|that) [^.;0-9]{1,70}\b(?:better|superior|longer|shorter"
    r"|lower|higher|fewer)\b[^.;0-9]{1,70}\bthan\b)"
    r"|(?<!predictive )(?<!conditional )probabilit(?:y|ies)(?= (?:of|that) (?:[^.;]|\.(?=[0-9])){0,60}"
    r"(?:ratio|better|\b[hori]r\b|reduction|benefi|harm|superior|effect|lower|higher|increas|decreas|reduc|improv"
    r"|\bany gain|exceed(?:s|ed|ing) (?:1|0|zero|one|unity)\b"
    r"|(?:below|above|under|over|(?:less|greater|more|smaller|larger) than) (?:1|0|zero|one|unity)\b))"
)
_BAYES = Gated(r"bayes|posterior|credible|\bcri\b|\bpriors?\b", "bayes", "posterior", "credible", "cri", "prior")
# A threshold of the design is no result.
_DESIGN = re.compile(
    r"\bif\b|\bwhen\b|threshold|criteri|defined|declare|pre-? ?specified (?!(?:[a-z-]+ ){0,3}analys)|boundary for"
    r"|would be|stopping|required|trigger|exceeded (?:a|the)|power\b|simulat|rule\b|claim"
)
_SAID = re.compile(
    r"(?:\b(?:was|were|is|are|of|being|at|equal(?:l?ed|s)?|to|as|from|about|approximately|only|than|over|exceed(?:ed"
    r"|ing|s)|reached|and|least)|[=:,;(>≥<≤~])\s{0,2}[<>=≥≤~]{0,2}\s{0,2}$"
)
_REACH = 45


@dataclass(slots=True)
class Posterior:
    """A posterior probability, as token indices, with the words for its event."""

    value: int
    relation: str
    first: int
    last: int
    event: str
    says: str = ""


def find_posteriors(document: Document) -> list[Posterior]:
    """Return the posterior probabilities that a text reports as results, in order."""
    text, letters, tokens = document.tokens.text, document.letters, document.tokens
    found: list[Posterior] = []
    if "probabilit" not in text and not ("pr" in text and _BAYES.search(text)):
        return found
    token = 0
    for match in _LABEL.finditer(text):
        while token < len(letters) and tokens.starts[token] < match.start():
            token += 1
        if token == len(letters):
            break
        first, stop = document.sentence(token)
        first, stop = max(first, token - _REACH), min(stop, token + _REACH)
        if _is_design(document, token, first, stop):
            continue
        if match[0] in ("probability", "probabilities") and not _of_bayes(document, token):
            continue
        many = "probabilities" in match[0]
        if token and not document.used[token - 1] and _may_be_probability(document, token - 1):
            # "71% probability of harm", "a 0.93 posterior probability of benefit"
            document.used[token - 1] = 1
            behind = _BEHIND.match(text, match.end())
            said = match[0].partition(" of ")[2], "" if behind is None else behind["event"] + (behind["beside"] or "")
            found.append(Posterior(token - 1, "=", token - 1, token, " ".join(filter(None, said))))
            continue
        taken = [
            at
            for at in range(token, stop)
            if tokens.starts[at] >= match.end()
            and letters[at] in "dq"
            and not document.used[at]
            and _is_value(document, at, match.end())
        ]
        for at in range(token, taken[0] if taken else token):
            if letters[at] in "dq" and not document.used[at] and _is_beyond(document, at, match.end()):
                document.used[at] = LIMIT
        event = _TAIL.sub("", text[match.end() : tokens.starts[taken[0]]] if taken else "").strip(" ,:;=(")
        named = match[0].partition(" of ")[2] or (match[0].partition("(")[2].rstrip(")") if "(" in match[0] else "")
        event = re.sub(r"^(?:of|that)\s", "", event)
        if named:
            event = f"{named} ({event}" if event.endswith(")") and "(" not in event else f"{named} {event}".strip()
        if not event and taken and (behind := _BEHIND.match(text, tokens.ends[taken[0]], tokens.ends[stop - 1])):
            event = behind["event"]
        for at in taken if many else taken[:1]:
            relation = tokens[at - 1][0] if letters[at - 1] == "r" else "="
            if (letters[at - 1] == "w" and tokens[at - 1] == "than") or (
                letters[at - 1] == "v" and tokens[at - 1] == "than"
            ):
                relation = "<" if tokens[at - 2] in ("less", "lower") else ">"
            document.used[at] = 1
            found.append(Posterior(at, relation, token, at, event, _said_of_threshold(text, tokens.ends[at])))
    return found


_THRESHOLD = re.compile(
    r"%?,? (?:which |that |and |but )?(?:was |is |fell |lay )?"
    r"(?:(?P<below>(?:less|lower|smaller) than|below|short of|under|not (?:above|over|higher than|greater than)"
    r"|(?:did|does) not (?:reach|meet|cross|exceed|pass|attain)|missed|missing|failing to (?:reach|meet|cross|exceed))"
    r"|(?P<above>above|over|exceed(?:ed|ing|s)|(?:greater|higher|more) than|cross(?:ed|ing)|reach(?:ed|ing)"
    r"|met|meeting|surpass(?:ed|ing)))"
    r" (?:the |a |its |our )?(?:[a-z-]{3,16} ){0,4}threshold\b(?! of)"
)
"""What is said of a threshold right behind a probability; one whose number follows is that number's affair."""


def _said_of_threshold(text: str, end: int) -> str:
    """Return on which side of its threshold a probability is said to lie, by a name of `SAYS`."""
    said = _THRESHOLD.match(text, end)
    if said is None:
        return ""
    return "below-threshold" if said["below"] else "above-threshold"


# What is said of a result that was found: "0.9989, which exceeded the stopping boundary".
_ASIDE = re.compile(
    r",? which\b|, (?:less|lower|more|higher|greater|well) (?:than|below|above)\b|,? (?:exceeding|crossing|meeting"
    r"|satisfying|above|below)\b|;"
)
_BEHIND = re.compile(
    r"%? ?(?:that|of|for) (?P<event>(?!(?:the )?posterior)[^.,;()\[\]]{3,80})(?P<beside>\([^()]{1,40}\))?"
)
"""The event behind the value: "a posterior probability of 96% that the drug lowered mortality"."""
_TAIL = re.compile(
    r"(?:\s*(?:\b(?:was|were|is|are|of|being|at|equal(?:l?ed|s)?|to|as|from|about|approximately|only|than|over|more"
    r"|greater|exceed(?:ed|ing|s)|reached|and|least)|[<>=≥≤~,;:(]))+\s*$"
)


def _of_bayes(document: Document, token: int) -> bool:
    """Whether the sentence of a probability, or the one before, speaks of a Bayesian analysis."""
    tokens, (first, stop) = document.tokens, document.sentence(token)
    begin = tokens.starts[document.sentence(first - 2)[0] if first > 1 else first]
    return _BAYES.search(tokens.text, begin, tokens.ends[max(first, stop - 1)]) is not None


def _is_design(document: Document, token: int, first: int, stop: int) -> bool:
    """Whether the words around a probability speak of what was planned; in a bracket, only those in the bracket."""
    opened = document.inside(token)
    closed = document.partner.get(opened, -1)
    if opened >= first and token < closed < stop:
        first, stop = opened, closed
    begin, end = document.tokens.starts[first], document.tokens.ends[max(first, stop - 1)]
    aside = _ASIDE.search(document.tokens.text, document.tokens.ends[token], end)
    return _DESIGN.search(document.tokens.text, begin, end if aside is None else aside.start()) is not None


def _may_be_probability(document: Document, token: int) -> bool:
    """Whether a number before the words can be their value: a percentage, or a fraction with decimals."""
    if document.letters[token] == "q":
        return document.value(token) <= 100
    return document.letters[token] == "d" and document.value(token) < 1 and document.decimals(token) >= 2


_BEYOND = re.compile(r"(?:\bexceed(?:ed|s|ing)?|\b(?:than|above|below|over|under|least)|[<>≥≤])\s?$")
_WAS_NEXT = re.compile(r"[ a-z]{0,24} (?:was|were|is|of) (?:about |only )?[<>]?\s?[0-9.]")


def _is_beyond(document: Document, at: int, start: int) -> bool:
    """Whether a number behind the words for a probability is what something is said to be above or below."""
    tokens = document.tokens
    return _BEYOND.search(tokens.text, max(start, tokens.starts[at] - 25), tokens.starts[at]) is not None


def _is_value(document: Document, at: int, start: int) -> bool:
    text, tokens, letters = document.tokens.text, document.tokens, document.letters
    value = document.value(at)
    if letters[at] == "q":
        if value > 100:
            return False
    elif value > 1 or document.decimals(at) == 0:
        return False
    if letters[at] == "d" and value == 1:
        return False
    before = text[max(start, tokens.starts[at] - 25) : tokens.starts[at]]
    if _is_beyond(document, at, start) and _WAS_NEXT.match(text, tokens.ends[at]):
        return False  # "that the rate exceeded 20% was 97%"
    if letters[at] == "q" and letters[at + 1 : at + 2] == ")" and letters[at - 1] == "w":
        # "(posterior probability of relapse 63%)"
        return True
    if tokens.starts[at] - start < 3:
        return True
    if _SAID.search(before) is None:
        return False
    # "hazard ratio <1.00", "difference greater than 0.1": part of the event.
    return not re.search(
        r"(?:ratio|difference|effect|hr|or|rr|rate|improvement|δ|delta)\)?\s?(?:(?:was |is )?(?:greater|less|more"
        r"|lower|of) (?:than )?|[<>≥≤=]\s?)$",
        before,
    )
