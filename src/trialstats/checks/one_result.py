"""Whether two results of a text may be one and the same: of one outcome, arms, time and analysis, by their words."""

from __future__ import annotations

import re
from functools import lru_cache

from trialstats.checks.median_landmark import months
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import Estimate, Paper
from trialstats.sources.text.tokens.expressions import Stemmed

_OUTCOMES = {
    "survival": r"overall survival|(?-i:\bOS\b)|\b(?<!\bor )deaths?\b(?! or )|\bdied\b|\bmortality\b|risk of dying",
    "progression": r"progression[- ]free survival|(?-i:\bPFS\b)|(?<!time to )\bprogression\b(?!-free)",
    "time to progression": r"time to (?:disease |tumou?r )?progression|(?-i:\bTTP\b)",
    "disease-free": r"disease[- ]free survival|(?-i:\bi?DFS\b)",
    "relapse-free": r"(?:relapse|recurrence)[- ]free survival|(?-i:\bRFS\b)|\brelapses?\b|\brecurrences?\b",
    "event-free": r"event[- ]free survival|(?-i:\bEFS\b)",
    "metastasis-free": r"metastas[ie]s[- ]free survival|(?-i:\bD?MFS\b)",
    "response": r"\bresponses?\b(?! (?:rate )?duration)|\bremission\b",
    "stroke": r"\bstrokes?\b",
    "infarction": r"myocardial infarctions?|(?-i:\bMI\b)",
    "bleeding": r"\bbleeding\b|\bha?emorrhage",
    "infection": r"\binfections?\b|\bsepsis\b",
    "admission": r"\b(?:re)?admissions?\b|\bhospitali[sz]ations?\b",
    "cardiovascular death": r"\bcardiovascular (?:death|mortality)\b",
    "fracture": r"\bfractures?\b",
    "falls": r"\bfalls\b",
    "pregnancy": r"\bpregnanc(?:y|ies)\b|\blive births?\b",
    "preterm": r"\bpreterm (?:birth|delivery)\b",
    "thrombosis": r"thrombo(?:sis|embol\w+)",
    "diabetes": r"\bdiabetes\b",
    "primary": r"\bprimary (?:composite )?(?:end ?point|outcome)\b",
}
_OUTCOME = {name: Stemmed(words) for name, words in _OUTCOMES.items()}
_OTHER_ANALYSIS = {
    "adjusted": r"adjust|multivaria|stratif|covaria|weighted|propensity",
    "crude": r"unadjusted|crude|univaria|unstratified",
    "interim": r"\binterim\b|\bupdated?\b|\bfinal analysis\b|\blonger follow-up\b"
    r"|\bextended (?:follow|analys|observ|phase|data)|data cut-?off",
    "per protocol": r"per[- ]protocol|\bon[- ]treatment\b|as[- ]treated|sensitivity|complier|efficacy[- ]evaluable",
    "intention": r"intention[- ]to[- ]treat|intent[- ]to[- ]treat|\bm?ITT\b",
    "subgroup": r"subgroup|\bsubset\b|cohort|\bamong\b|mutation|positive|negative|high[- ]risk|low[- ]risk"
    r"|\bin (?:the )?(?:\w+ ){0,4}(?:patients|women|men|participants|those|people|adults)"
    r" (?:with|who|aged|receiving|treated|taking|not|on|under|from|in|given|whose|\w+ing)\b|whereas|no longer"
    r"|\bfor (?:patients|women|men|those) (?:with|who)|[≥≤<>] ?[0-9]+ years",
    "planned": r"\bassum|\bpower\b|\bobjective of|\btarget|\bgoal\b"
    r"|\bdetect\b|\bmargin\b|hypothes|\bexpected\b|\bper\b(?! (?:year|patient|person|1000?\b|1,000))"
    r"|\beach\b|\bpredict|previous"
    r"|meta-analys",
    "trend": r"interaction|dose[- ]response|quartile|quintile|tertile|trend",
}
ANALYSIS = {name: Stemmed(words) for name, words in _OTHER_ANALYSIS.items()}
_ADJUSTED = ANALYSIS["adjusted"]
_IN_SENTENCE = 260


def concludes(paper: Paper, claim: Estimate) -> bool:
    """Whether a claim stands in the conclusion of a text, or in what is typed as one."""
    if paper.text is None:
        return claim.where.section in ("conclusions", "conclusion", "title")
    if claim.where.start is None:
        return False
    begin, _ = sentence_of(paper.text, claim.where.start)
    told = conclusions(paper.text)
    return any(begin - 300 <= start and end <= claim.where.start for start, end in told)


@lru_cache(maxsize=4)
def conclusions(text: str) -> list[tuple[int, int]]:
    """Return where a text says that it concludes."""
    return [one.span() for one in _CONCLUSION.finditer(text)]


_CONCLUSION = re.compile(
    r"[CIiWwT](?<=\b.)(?:(?<=T)hese (?:data|results|findings) (?:show|suggest|indicate|demonstrate|confirm)"
    r"|(?<=C)(?:ONCLUSIONS?|onclusions?)|(?<=[Ii])n (?:conclusion|summary)"
    r"|(?<=I)(?:NTERPRETATION|nterpretation)|(?<=[Ww])e conclude)\b"
)


def may_be_same(paper: Paper, first: Estimate, second: Estimate) -> bool:
    """Whether arms, time, population and analysis of two estimates may be the same, and they stand in two sentences."""
    # The order of the arms is that of the words, which a ratio of another order would turn round.
    arms = sorted(first.arms), sorted(second.arms)
    times = [months(one.time) or one.time for one in (first, second)]
    if any(a != b and ((a and b) or paper.text is None) for a, b in (arms, times)):
        return False
    if first.subgroup != second.subgroup and paper.text is None:
        return False
    if first.population != second.population or first.adjusted != second.adjusted or first.unit != second.unit:
        return False
    if paper.text is None:
        return first.outcome is not None and first.outcome == second.outcome
    start, other = first.where.start, second.where.start
    if start is None or other is None:
        return False
    return sentence_of(paper.text, start) != sentence_of(paper.text, other)


def of_one_outcome(paper: Paper, first: Estimate, second: Estimate, *, lone: bool = False) -> bool | None:
    """Return whether both are surely of the same outcome; None where they may be of two.

    A conclusion says of whom the trial was ("in adults with gout"): behind a ``lone`` result that names no subgroup.
    """
    if paper.text is None:
        # Two rows of the results may be two analyses; what is concluded was told before.
        return concludes(paper, second)
    if first.measure == "median" and not first.unit:
        return None  # a ratio beside "median follow-up" is none
    told = _told(words_before(paper.text, first))
    again = None if told is None else _told(words_before(paper.text, second))
    only = told is not None and again is None and lone
    if only:
        again = _told(_OF_WHOM.sub(" ", words_before(paper.text, second, behind=0)))
    if told is None or again is None or told[1] != again[1]:
        return None
    outcomes, others = told[0], again[0]
    if outcomes == others and outcomes:
        return len(outcomes) == 1 and not only
    if second.interval is not None or bool(outcomes) != bool(others):
        return None  # only what is said again in short may be said in other words
    if lone and outcomes and outcomes <= _ENDS and others <= _ENDS and _OR_DEATH.search(_clause(paper.text, second)):
        return False  # "disease-free survival", and in short "recurrence or death"
    if outcomes:
        nearest = [_nearest(_clause(paper.text, one)) for one in (first, second)]
        return False if nearest[0] and nearest[0] == nearest[1] else None
    return False if _one_outcome(first, second) else None


_ENDS = frozenset(
    ("progression", "time to progression", "disease-free", "relapse-free", "event-free", "metastasis-free")
)
_OR_DEATH = Stemmed(
    r"(?:recurrences?|relapses?|progression|metastas[ie]s|events?),? or (?:of )?(?:any )?(?:death|dying)"
)
"""What the end of a survival time is called where it is named by its events."""


@lru_cache(maxsize=256)
def _told(words: str) -> tuple[frozenset[str], bool] | None:
    """Return the outcomes that some words name, and whether of an adjusted analysis; None for another analysis."""
    if any(one.search(words) for one in ANALYSIS.values() if one is not _ADJUSTED):
        return None
    outcomes = frozenset(name for name, pattern in _OUTCOME.items() if pattern.search(words))
    return outcomes, _ADJUSTED.search(words) is not None


def _clause(text: str, claim: Estimate) -> str:
    """Return the words right before a number, within its sentence."""
    start = claim.where.start or 0
    return text[max(sentence_of(text, start)[0], start - _CLAUSE) : start]


@lru_cache(maxsize=256)
def _nearest(words: str) -> str:
    """Return the outcome that some words name last; empty where they name none."""
    found = [(one.end(), name) for name, pattern in _OUTCOME.items() for one in pattern.finditer(words)]
    return max(found, default=(0, ""))[1]


def _one_outcome(first: Estimate, second: Estimate) -> bool:
    """Whether two outcomes that no list names are told in the same words, the shorter one's in the other."""
    own, other = ({word[:_STEM] for word in _WORDS.findall((one.outcome or "").lower())} - _FILLERS
                  for one in (first, second))  # fmt: skip
    of_arms = first.measure == "difference" or second.measure == "relative-reduction"
    if of_arms and len(first.arms) == len(second.arms) == 2 and own:
        return own == other
    return len(own & other) > 1 and own & other in (own, other)


_CLAUSE = 90
_STEM = 6
_WORDS = re.compile(r"[a-z]{4,}")
_FILLERS_TEXT = """
with from that were year years months rate rates patients achieved group overall treatment than after
sustained showed resulted fallen decreased increased lowered reduced reduction risen improved changed
"""
_FILLERS = frozenset(word[:_STEM] for word in _FILLERS_TEXT.split())


_OF_WHOM = re.compile(
    r"\b(?:Among|In|For) (?:[a-z-]+ ){0,4}(?:adults|patients|women|men|children|participants|people|infants)"
    r" (?:with|who|aged|undergoing|at)\b[^,;.0-9]{2,80},"
)
"""What leads a conclusion and says of whom the trial was: "Among adults with gout, lumarin"."""


def words_before(text: str, claim: Estimate, *, behind: int = 60) -> str:
    """Return the words of a result's sentence before it, and some behind it."""
    start, end = claim.where.start or 0, claim.where.end or 0
    begin, stop = sentence_of(text, start)
    return text[max(begin, start - _IN_SENTENCE) : min(stop, end + behind)]
