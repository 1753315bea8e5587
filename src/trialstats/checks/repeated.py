"""A result that is printed twice is the same both times.

Abstracts print a result with its interval and say it again in the conclusion, or print one interval under two estimates.
Two estimates of one measure, of the same outcome, arms, time, patients and analysis should round to each other. The
second one must be bare, or have the interval of the first: two estimates with intervals of their own may be two analyses.
Differing ones are inconsistent where both sentences name the same outcome and nothing else tells them apart (a
subgroup, an adjusted or interim analysis, a time), and strained where only one of them names it.

Why: A number that is changed in one place in revision stays as it was in the other.

Formula:
    the ranges of both numbers meet, the coarser rounding deciding

Agrees: 0.67 (0.53 to 0.84), and 0.67 in the conclusion. Asks: 0.74 in the conclusion.

Reference: none; it compares print with print.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trialstats.checks.check import Check, Context, both_bounds, printed_numbers
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import RATIO_MEASURES, Estimate, Paper
from trialstats.findings import Details, Finding, Verdict
from trialstats.reported import Reported
from trialstats.wording import MEASURE_WORDS, as_printed

_MEASURES = RATIO_MEASURES
_OUTCOMES = {
    "survival": r"overall survival|(?-i:\bOS\b)|\bdeaths?\b|\bdied\b|all-cause mortality|\bmortality\b|risk of dying",
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
_OUTCOME = {name: re.compile(words, re.IGNORECASE) for name, words in _OUTCOMES.items()}
_OTHER_ANALYSIS = {
    "adjusted": r"adjust|multivaria|stratif|covaria|weighted|propensity",
    "crude": r"unadjusted|crude|univaria|unstratified",
    "interim": r"\binterim\b|\bupdated?\b|\bfinal analysis\b|\blonger follow-up\b|\bextended\b|data cut-?off",
    "per protocol": r"per[- ]protocol|\bon[- ]treatment\b|as[- ]treated|sensitivity|complier|efficacy[- ]evaluable",
    "intention": r"intention[- ]to[- ]treat|intent[- ]to[- ]treat|\bm?ITT\b",
    "subgroup": r"subgroup|\bsubset\b|cohort|\bamong\b|\bin (?:the )?(?:\w+ ){0,4}(?:patients|women|men|participants) (?:with|who|aged)"
    r"|\bfor (?:patients|women|men) (?:with|who)|mutation|positive|negative|high[- ]risk|low[- ]risk|[≥≤<>] ?[0-9]+ years",
    "planned": r"\bassum|\bpower\b|\bdetect\b|\bmargin\b|hypothes|\bexpected\b|\bper\b|\beach\b|\bpredict|previous|meta-analys",
    "trend": r"interaction|dose[- ]response|quartile|quintile|tertile|trend",
}
_ANALYSIS = {name: re.compile(words, re.IGNORECASE) for name, words in _OTHER_ANALYSIS.items()}
_IN_SENTENCE = 260


def _run(check: Check, context: Context) -> Iterator[Finding]:
    ratios = [one for one in context.estimates
              if one.measure in _MEASURES and one.role == "result" and one.value is not None
              and not one.value.is_missing and one.value.relation == "=" and not one.of and not one.subgroup]  # fmt: skip
    for at, second in enumerate(ratios):
        firsts = [one for one in ratios[:at] if one.measure == second.measure and _same_matter(context.paper, one, second)]
        if len(firsts) != 1:
            continue  # of several it may be any
        (first,) = firsts
        same_interval = _bounds(first) is not None and _bounds(first) == _bounds(second)
        if not same_interval and (second.interval is not None or second.p is not None or first.interval is None):
            continue
        sure = _told_alike(context.paper, first, second)
        if sure is None:
            continue
        if same_interval and sum(_bounds(one) == _bounds(first) for one in ratios) > 2:
            continue
        yield check.finding(second, *_judge(first, second, sure=sure), others=(first.id,))


def _bounds(claim: Estimate) -> tuple[str, ...] | None:
    bounds = both_bounds(claim.interval)
    return None if bounds is None else tuple(bound.digits for bound in bounds)


def _same_matter(paper: Paper, first: Estimate, second: Estimate) -> bool:
    """Whether arms, time, population and analysis of two estimates may be the same, and they stand in two sentences."""
    if any(a and b and a != b for a, b in ((first.arms, second.arms), (first.time, second.time))):
        return False
    if first.population != second.population or first.adjusted != second.adjusted or first.unit != second.unit:
        return False
    if paper.text is None:
        return first.outcome is not None and first.outcome == second.outcome
    start, other = first.where.start, second.where.start
    if start is None or other is None:
        return False
    return sentence_of(paper.text, start) != sentence_of(paper.text, other) and _told_alike(paper, first, second) is not None


def _told_alike(paper: Paper, first: Estimate, second: Estimate) -> bool | None:
    """Return whether both are surely of the same outcome; None where they may be of two."""
    if paper.text is None:
        return True
    words = [_words_before(paper.text, one) for one in (first, second)]
    if any(pattern.search(words[0]) is not None or pattern.search(words[1]) is not None
           for name, pattern in _ANALYSIS.items() if name != "adjusted"):  # fmt: skip
        return None
    if (_ANALYSIS["adjusted"].search(words[0]) is None) != (_ANALYSIS["adjusted"].search(words[1]) is None):
        return None
    named = [{name for name, pattern in _OUTCOME.items() if pattern.search(one)} for one in words]
    if not named[0] or named[0] != named[1]:
        return None
    return len(named[0]) == 1


def _words_before(text: str, claim: Estimate) -> str:
    start, end = claim.where.start or 0, claim.where.end or 0
    begin, stop = sentence_of(text, start)
    return text[max(begin, start - _IN_SENTENCE) : min(stop, end + 60)]


def _judge(first: Estimate, second: Estimate, *, sure: bool) -> tuple[Verdict, Details]:
    assert first.value is not None and second.value is not None
    agrees = _meet(first.value, second.value)
    measure = MEASURE_WORDS.get(first.measure, first.measure)
    verdict = Verdict.REPRODUCED if agrees else Verdict.INCONSISTENT if sure else Verdict.STRAINED
    end = "the same result" if agrees else "two numbers for what reads as one result"
    return verdict, Details(
        sentence=f"The {measure} is printed as {as_printed(first)} and again as {as_printed(second)}: {end}.",
        more="" if agrees else "Another analysis, population or date that the text does not name would account for it.",
        settle="" if agrees else "which of the two your output has",
        reported=printed_numbers(second, "estimate", "lower", "upper"),
        recomputed={"estimate": first.value.text},
        how="printed twice",
    )


def _meet(first: Reported, second: Reported) -> bool:
    """Whether two printed numbers can be the same one, the coarser of them rounded anyhow."""
    apart = abs(first.value - second.value)
    return apart < max(first.step, second.step) and (first.decimals != second.decimals or apart == 0)


CHECK = Check(
    "TS111",
    "a result that is printed twice is the same both times",
    _run,
    about=RATIO_MEASURES,
    rests_on=frozenset({"measure", "value"}),
    settled_by="which of the two numbers your own output has",
    serves=("INSPECT-SR 4.10",),
)
