"""Find the lists that give every value of one variable its share: "Stage was I in 44%, II in 31% and III in 25%".

What has one value in a patient (a stage, a type, the worst complication) has shares that add up to no more than 100 %,
and to 100 % where the last is that of the remaining patients. A sentence that compares groups, tells rates by a
variable or counts some of those before is left alone.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trialstats.reported import Reported
from trialstats.sources.text.tokens.figures import with_figures

_VARIABLE = (
    r"(?:stages?|(?:sub)?types?|grades?|class(?:es)?|(?:geno|pheno|sero|haplo)types?|histolog(?:y|ies)"
    r"|categor(?:y|ies)|(?:smoking |marital |employment |performance |menopausal )?status|score|severity|race"
    r"|ethnicity|(?:cause|mechanism|type|site|mode)s? of [a-z ]{3,30}|body[- ]mass index|BMI|laterality|mode of "
    r"delivery|blood group|site|fitzpatrick)"
)
SUBJECT = re.compile(
    rf"\b{_VARIABLE}\b(?: \([^()]{{1,30}}\))?(?: (?:at|on|before|after|among|for|of|in) [^.,:;%()0-9]{{1,40}}?)?"
    r"(?: ?:| (?:was|were|is)\b)",
    re.IGNORECASE,
)
"""The variable as what the sentence is about: "NYHA class at entry: ...", "The infecting genotype was ..."."""
_FOREMOST = re.compile(
    r"\b(?:worst|best|highest|maxim(?:um|al)|predominant|main|most severe) (?:[a-z-]+ ){0,3}?[a-z]+ (?:was|:)|"
    r"\b(?:each|every)\b[^.;%]{0,60}\b(?:a single|only one|one [a-z]+ only|exactly one|just one)\b"
    r"|\b(?:a single|only one|exactly one|just one)\b[^.;%]{0,30}\b(?:(?:for|in|to|of|per) (?:each|every)|per)\b",
    re.IGNORECASE,
)
"""Words that give each patient one entry of a list."""
_SORTED = re.compile(
    r"\b(?:classified|categori[sz]ed|graded|rated|judged|coded|reported being|considered)(?: [a-z]+){0,2} as\b"
)
_LOCATED = re.compile(
    r"\b(?:(?:primary )?tumou?rs?|cancers?|carcinomas?|fractures?|strokes?|infarcts?|aneurysms?)(?: site)? (?:was|were)"
    r" (?:located|situated|locali[sz]ed)\b",
    re.IGNORECASE,
)
"""What lies in one place in a patient."""
_OTHERS = r"(?:an)?other (?:histolog\w+|(?:sub)?types?|races?|ethnicit\w+|genotypes?|causes?|diagnos[ei]s)\b"
_OTHER = re.compile(
    rf"(?<=%)\)? (?:(?:were|was|had) )?(?:of )?{_OTHERS}|\b(?:and|or) (?:of )?{_OTHERS} ?(?:in |\()?"
    rf"(?P<behind>\d{{1,3}}"
    r"(?:[.·]\d)? ?%)"
)
"""Words that close a list whose entries exclude each other."""
_ETHNICITY = re.compile(r"Hispanic|Latin[oax]")
"""Who may be of any race."""
_REST = re.compile(
    r"\b(?:in )?the (?:remaining|other|rest)\b,? ?(?:of the [a-z]+,? )?\(?(?:\d{1,5} )?\(?\d{1,3}(?:[.·]\d{1,2})? ?%"
)
_SHARE = re.compile(r"(?<![\d.,·/<>≤≥±+=-])(?P<share>\d{1,3}(?:[.·]\d{1,2})?) ?(?:%|per ?cent\b)")
_COUNT = re.compile(r"[A-Za-z)\]](?: in|,|:) (?P<x>\d{1,5})(?! ?%|[.,·/–-]\d| ?\()(?=[ ,;.])")
_OF_ALL = re.compile(
    r"(?:(?P<sum>for a total of)|\b(?:of|among|in) (?:the|all|these)|(?<=, )(?:of|out of)(?= \d{1,5} (?:in all|in"
    r" total|patients))|^(?:of|among|in)|\ball(?: the)?) "
    r"(?P<n>\d{1,5})\b(?! ?%|[.,·/–-]\d)",
    re.IGNORECASE,
)
_APART = re.compile(
    r"\b(?:(?-i:v)|vs|versus|compared|comparing|than|respectively|groups?|arms?|cohorts?|placebo|controls?|CI|confidence"
    r"|intervals?|surviv\w*|rates?|mortality|incidence|prevalence|sensitiv\w*|specificity|accura\w*|predict\w*|agree\w*"
    r"|probabilit\w*|power|recur\w*|relaps\w*|whom|these|which|includ\w*|any|(?<=[a-z] )overall|cumulative|from"
    r"|increas\w*"
    r"|median|mean|weeks?|months?|years?|days?|both|also|adverse|toxicit\w*|events?|symptoms?|multiple|several|cured?"
    r"|contribut\w*|recorded|known|determined|available|assessed|measured|missing|documented|obtained|evaluated|tested|detected|found"
    r"|seen|observed|noted|improved|worsened|died|deaths?(?!\))|or (?:more|higher|greater|worse|above)|at least "
    r"one|effic\w*|success\w*|reach\w*|achiev\w*"
    r"|complet(?:ed|ion)|remission|lesions?|by (?:stage|type|grade|class))\b|[±=<>≥≤/]",
    re.IGNORECASE,
)
"""Words of sentences whose percentages are of several groups, or not parts of one whole."""
_OF_THE_DEAD = re.compile(
    r"\bcauses? of (?:the |these |all )?deaths?\b|\bwho (?:had )?died\b|\bor (?:had )?(?:death|died)\b"
    r"|\bblood group\b|\bof the (?:whole |entire )?cohort\b",
    re.IGNORECASE,
)
"""Of whom the causes are, and the last of some categories: these words count nobody."""
SAYS_ONCE = re.compile(
    r"\b(?:(?:only )?one (?:answer|response|choice|option|category|reason)\b[^.;]{0,40}\b(?:allowed|permitted"
    r"|possible|accepted"
    r"|asked|given)|(?:each|every) [a-z]+ (?:was|were|is|being|could be) (?:counted|entered|listed|classified"
    r"|recorded|included)"
    r"(?: only)? once|no(?:ne| [a-z]+) (?:had|has|was in|is in|gave|were in|could (?:have|give)|appears? in"
    r"|contributed)"
    r"(?: to)? more than one|mutually exclusive|making (?:a total of )?[0-9]+ in (?:all|total)|one [a-z]+ (?:each|only)"
    r"(?=[.;,)]))",
    re.IGNORECASE,
)
"""Words by which nothing stands in a list twice."""
_RESPONSE = re.compile(r"\brespon(?:se|ders?|ded)\b", re.IGNORECASE)
_BY = re.compile(r"\b(?:by|to|with) $")
_MAY_TELL = re.compile(
    r"%(?:[^%]{1,90}%){2}|(?:[0-9](?![0-9])[^0-9%]{3,80}[0-9]{1,5})[^0-9%]{3,80}[0-9]{1,5}[^0-9%]{3,80}[0-9]|per ?cent"
)
"""Three percentages, or as many numbers and their total."""
_LONGEST, _FEWEST, _MOST, _GAP = 420, 3, 9, 75


@dataclass(frozen=True, slots=True)
class Shares:
    """The shares of the values of one variable, or their counts with the total, as printed."""

    parts: tuple[Reported, ...]
    whole: Reported
    closed: bool
    """Whether nobody is left out: the last part is that of the remaining patients, or the total is one of the parts."""
    start: int
    end: int


def find_shares(text: str, sentences: Sequence[tuple[int, int]]) -> Iterator[Shares]:
    """Yield the lists that give every value of one variable its share.

    Examples
    --------
    >>> text = "Stage was I in 44% of the dogs, II in 31% and III in the remaining 25%."
    >>> [(len(one.parts), one.closed) for one in find_shares(text, [(0, len(text))])]
    [(3, True)]
    """
    for begin, stop in sentences:
        if stop - begin > _LONGEST or _MAY_TELL.search(text, begin, stop) is None:
            continue
        words = with_figures(text[begin:stop])
        shares = list(_SHARE.finditer(words))
        if shares and (not _FEWEST <= len(shares) <= _MOST or are_apart(words)):
            continue
        counts = [] if shares else list(_COUNT.finditer(words))
        if not shares and not _FEWEST <= len(counts) <= _MOST:
            continue
        found = shares or counts
        head = words[: found[0].start() + 1]
        foremost = _FOREMOST.search(head) is not None or SAYS_ONCE.search(words) is not None
        other = _OTHER.search(words) if shares else None
        if other is not None and not _ETHNICITY.search(words):
            last = other.end() if other["behind"] else other.start() + 1
            found = shares = [one for one in shares if one.end() <= last]
            foremost = len(shares) >= _FEWEST
        rest = _REST.search(words) if shares else None
        if (_RESPONSE.search(words) and not foremost) or are_apart(words):
            continue
        in_rest = rest is not None and rest[0].startswith("in ")
        foremost = foremost or _LOCATED.search(head) is not None
        if not (foremost or in_rest or SUBJECT.search(head) or (len(_SORTED.findall(words)) == 1 and " as " in words)):
            continue
        if any(_BY.search(words, 0, one.start()) for one in found) or not _goes_on(words, found):
            continue
        if shares:
            parts = tuple(Reported(one["share"].replace("·", ".") + "%") for one in shares)
            closed = rest is not None and rest.end() >= shares[-1].end() - 1
            closed = closed or (other is not None and not _ETHNICITY.search(words) and other["behind"] is not None)
            yield Shares(parts, Reported("100%"), closed, begin + shares[0].start(), begin + shares[-1].end())
            continue
        totals = list(_OF_ALL.finditer(words))
        if len(totals) == 1:
            parts = tuple(Reported(one["x"]) for one in counts if one.start("x") != totals[0].start("n"))
            start, end = min(counts[0].start(), totals[0].start()), max(counts[-1].end(), totals[0].end())
            whole, closed = Reported(totals[0]["n"]), totals[0]["sum"] is not None
            yield Shares(parts, whole, closed, begin + start, begin + end)


def are_apart(words: str) -> bool:
    """Whether a sentence tells of several groups, or of what are no parts of one whole.

    Examples
    --------
    >>> are_apart("Stage was I in 44% and II in 56%."), are_apart("A rash was seen in 44% v 56%.")
    (False, True)
    """
    return _APART.search(_OF_THE_DEAD.sub(" ", words)) is not None


def _goes_on(words: str, found: Sequence[re.Match[str]]) -> bool:
    """Whether one list holds all numbers: short words between them, and no sentence of its own."""
    gaps = [words[one.end() : other.start()] for one, other in itertools.pairwise(found)]
    return all(gap and len(gap) <= _GAP and re.search(r"[A-Za-z]|\d", gap) is not None for gap in gaps)
