"""Words that say that a risk was reduced or raised, and the ratio printed right behind them.

"X reduced the risk of Y as compared with Z (hazard ratio, 0.79; 95% CI, 0.68 to 0.91)": the ratio of a risk that is
said to be lower lies below 1. Where its whole interval lies on the other side of 1, either the word or the order of
the arms in the ratio is another than a reader takes it for. Ratios of time to something wished for, of the control
over the arm on trial, or for so much more of what was measured are left out where words tell them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trialstats.checks.check import Context, both_bounds
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import RATIO_MEASURES, Estimate
from trialstats.sources.text.tokens.expressions import Stemmed

_RISK = (
    r"(?:risks?|odds|rates?|incidences?|hazards?|mortality|deaths?|likelihood|chances?|probabilit(?:y|ies)|frequency"
    r"|prevalence|occurrence|relapses?|recurrences?|complications?|infections?|bleeding|hospitali[sz]ations?"
    r"|(?:re)?admissions?|exacerbations?|fractures?|strokes?|failures?)\b"
    r"(?![ -](?:factors?|scores?|groups?|categor|class|profile|strat|patients|assess|model))"
)
_HOW = r"(?:(?:significant|substantial|marked|consistent|great|considerab|independent|strong)l?y,? ){0,2}"
_WHAT = (
    r"(?:(?:the|an?|[0-9]+-(?:day|month|year)|(?!(?:had|have|has|was|were|with|who|and|or|but|showed|from|than|"
    r"increas|rais|high|reduc|low|decreas|great|compar)[a-z]*\b)[a-z-]{3,18}) ){0,4}?"
)
_DOWN = r"(?:reduc|lower|decreas|diminish|lessen)"
_UP = r"(?:increas|rais|elevat)"
_SAID = re.compile(
    # "reduced the risk", "reducing overall mortality"
    rf"\b(?:(?P<down>{_DOWN}(?:ed|es|e|s|ing))|(?P<up>{_UP}(?:ed|es|e|s|ing))) {_WHAT}{_RISK}"
    # "a lower risk", "a significantly higher incidence"
    rf"|\b(?:(?P<low>lower|lesser|less)|(?P<high>higher|greater)) (?:[a-z-]{{3,18}} ){{0,2}}?{_RISK}"
    # "a reduction in the risk"
    rf"|\b(?:(?P<fall>(?:reduction|decrease)s?)|(?P<rise>(?:increase|rise)s?)) (?:in|of) {_WHAT}{_RISK}"
    # "the risk of death was significantly lower"
    rf"|\b{_RISK}[^.;:,()0-9]{{0,60}}? (?:was|were) {_HOW}(?:(?P<less>lower|{_DOWN}ed|less)|(?P<more>higher|greater"
    rf"|{_UP}ed))\b",
    re.IGNORECASE,
)
_LIVED = (
    r"(?:overall |(?:progression|disease|event|relapse|recurrence|failure|metastasis|invasive)[a-z -]{0,22}-?free "
    r"|median |cancer-specific |patient |graft |the |both |[0-9]+-(?:month|year) ){0,3}"
    r"(?:survival|PFS|OS|DFS|EFS|RFS)\b"
)
_SURVIVED = re.compile(
    rf"\b(?:(?P<down>(?:prolong|improv|extend|lengthen)(?:ed|es|e|s|ing)?|longer|better|superior|greater)"
    rf"|(?P<up>(?:shorten|worsen|reduc)(?:ed|es|e|s|ing)?|shorter|worse|poorer|inferior)) (?:an? )?{_LIVED}"
    rf"|\b{_LIVED}[^.;:,()0-9]{{0,60}}? (?:was|were) {_HOW}(?:(?P<less>longer|better|prolonged|improved|superior"
    rf"|extended)|(?P<more>shorter|worse|poorer|inferior|shortened))\b",
    re.IGNORECASE,
)
"""Whose hazard is the lower one where it is longer."""
_DOWN_NAMES = ("down", "low", "fall", "less")
_OPEN = re.compile(
    r"\b(?:not|no|nor|neither|never|without|whether|if|may|might|could|would|should|expected|hypothes\w*|assum\w+"
    r"|cannot|failed|despite|although|offset|rather)\b|n't\b",
    re.IGNORECASE,
)
_ON = re.compile(
    r"\b(?:had|have|has|but|whereas|while|although|however|though|nor|not|no|who|whose|per|each|every|improv\w*|worse(?!n)\w*"
    r"|increas\w*|reduc\w*|decreas\w*|higher|lower|greater|less|more|fewer|longer|shorter|surviv\w*|cure\w*|respon\w*"
    r"|remission|recover\w*|success\w*|discharge|time|interaction|ratio of|for the control|compared by)\b|[;]",
    re.IGNORECASE,
)
"""Between the words and the ratio: it may be of something else."""
_CONTROL = re.compile(
    r"\b(?:placebo|controls?|usual|standard|conventional|sham|observation|untreated|no|non\w*|without|alone|only)\b",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    r"\b(?:ages?|aged|younger|older|levels?|scores?|index|duration|higher|lower|greater|longer|shorter|increas\w*|dos(?:es?|age)"
    r"|years?|concentrations?|bmi|pressure|intakes?|quartiles?|tertiles?|adherence|history|presence|absence|50)\b",
    re.IGNORECASE,
)
"""What a sentence is about: no arm but how much there was of something, whose ratio may be for so much more or less."""
_THAN = re.compile(r"\b(?:than|compared|versus|vs|v|relative|over|against)\b", re.IGNORECASE)
_ORDER = re.compile(r"\b(?:v|vs|versus|relative to|compared|over|with|in|among|favou?r\w*)\b", re.IGNORECASE)
_OF = re.compile(r"\b(?:for|of)\b", re.IGNORECASE)
_ENDS = re.compile(
    r"death|dying|disease|progression|recurrence|relapse|failure|mortality|events?|confidence|interval|from|cause|first|adjusted"
    r"|estimated|hazard|odds|ratio",
    re.IGNORECASE,
)
"""What nobody wishes for, whatever else was called lower; and words beside a ratio."""
_STEM = 5
_NAME = re.compile(r"\b(?:[a-z]+ )?(?:ratios?|risk)\b|\b[A-Za-z]{0,3}(?:HR|RR|OR)s?\b")
_WORD = re.compile(r"[a-z]{4,}", re.IGNORECASE)
_BEFORE, _FARTHEST = 140, 200


def turned_ratios(context: Context) -> Iterator[tuple[Estimate, str]]:
    """Yield the ratios that lie on the other side of 1 than the words before them say, with these words.

    Parameters
    ----------
    context : Context
    """
    for claim, down, word in said_ratios(context):
        bounds = both_bounds(claim.interval)
        assert bounds is not None
        if (down and bounds[0].range().lower > 1) or (not down and bounds[1].range().upper < 1):
            yield claim, word


def said_ratios(context: Context) -> Iterator[tuple[Estimate, bool, str]]:
    """Yield the ratios that words call lower or higher, whether it is lower, and the words."""
    text = context.paper.text
    if text is None:
        return
    for claim, value in context.printed(*RATIO_MEASURES):
        start = claim.where.start
        if start is None or both_bounds(claim.interval) is None or value.relation != "=" or claim.role != "result":
            continue
        begin = max(sentence_of(text, start)[0], start - _FARTHEST - _BEFORE)
        found = _last(_SAID, text, begin, start)
        if claim.measure == "hazard-ratio":
            survived = _last(_SURVIVED, text, begin, start)
            if survived is not None and (found is None or found.end() < survived.start()):
                found = survived
        if found is not None and _is_its_own(text, claim, found, begin):
            groups = found.groupdict()
            yield claim, any(groups.get(name) for name in _DOWN_NAMES), found[0]
        elif claim.measure == "hazard-ratio" and (words := _better_curve(text, begin, start)):
            yield claim, True, words


_NUMBER = r"[0-9]{1,3}(?:[.·][0-9]{1,2})?"
_UNIT = r"(?: ?%|[ -](?:months?|years?|weeks?|days?))"
_TO_NAME = (
    r"(?:[,;:()\[ ]|and|with|an?|the|corresponding|adjusted|stratified|unadjusted|estimated){0,9}"
    r"(?:hazard ratio|HR)\b(?P<name>[^.;0-9]{0,60})(?:; )?$"
)
_LONGER = (
    rf"(?:\b(?:lived|survived) {_HOW}longer|\b(?:longer|better|superior|prolonged|improved|higher) {_LIVED}"
    rf"|{_LIVED}[^.;:()0-9]{{0,40}}? (?:was |were ){_HOW}(?:longer|better|higher|superior|improved|prolonged|greater))"
)
_BETTER = (
    # "survival rose from 38% with tea to 56% with milk", "improved survival from 12 to 19 months"
    Stemmed(
        rf"(?:{_LIVED}[^.;:()0-9]{{0,40}}? (?:was |were )?(?:improved|increased|rose|prolonged|extended)"
        rf"|\b(?:improv|increas|prolong|extend|lengthen)(?:ed|es|e|s|ing) [^.;:()0-9]{{0,30}}?(?:[0-9]-year )?{_LIVED})"
        rf"[^.;:()0-9]{{0,30}}? from (?:a median of )?(?P<b>{_NUMBER}){_UNIT}?[^.;:0-9]{{0,60}}? to (?:a median of )?"
        rf"(?P<a>{_NUMBER}){_UNIT}[^.;:()0-9]{{0,50}}?{_TO_NAME}",
        " from ",
    ),
    # "lived longer with tea than with milk: median 19.2 v 12.4 months"
    Stemmed(
        rf"{_LONGER}[^.;0-9]{{0,120}}?[ (](?P<a>{_NUMBER}){_UNIT}? ?(?:v|vs\.?|versus) (?P<b>{_NUMBER}){_UNIT}"
        rf"[^.;:()0-9]{{0,30}}?{_TO_NAME}",
        "longer",
        "better",
        "superior",
        "prolonged",
        "improved",
        "higher",
        "greater",
    ),
    # "survival was higher in the tea group (58%) than in the milk group (44%)"
    Stemmed(
        rf"{_LONGER} [^.;:()0-9]{{2,60}}[ (](?P<a>{_NUMBER}){_UNIT}\)? than [^.;:()0-9]{{2,60}}[ (](?P<b>{_NUMBER})"
        rf"{_UNIT}{_TO_NAME}",
        " than ",
    ),
)
"""Two values of survival with words that say which is the better one, before the ratio of their hazards."""
_TURNED = re.compile(
    r"\b(?:v|vs|versus|relative|compared|over|placebo|controls?|observation|standard|alone|no|without|surviv\w*)\b",
    re.IGNORECASE,
)


def _better_curve(text: str, begin: int, start: int) -> str:
    """Return the words that call the survival of an arm better, with both values, right before its hazard ratio."""
    told = (form.search(text, begin, start) for form in _BETTER)
    found = next((one for one in told if one is not None), None)
    if found is None or _TURNED.search(found["name"]):
        return ""
    first, second = (float(found[name].replace("·", ".")) for name in ("a", "b"))
    before = text[max(begin, found.start() - _BEFORE) : found.start()]
    subject, than, _ = found[0].partition(" than ")
    if first <= second or _OPEN.search(before + found[0]) or _CONTROL.search(before + (subject if than else "")):
        return ""
    return found[0].partition(" (")[0].partition(",")[0]


def _last(expression: re.Pattern[str], text: str, begin: int, stop: int) -> re.Match[str] | None:
    """Return the last place of a stretch that an expression finds."""
    return max(expression.finditer(text, begin, stop), key=re.Match.start, default=None)


def _is_its_own(text: str, claim: Estimate, said: re.Match[str], begin: int) -> bool:
    """Whether nothing tells that a ratio is of something else than the words before it, or of the other arm first."""
    start = claim.where.start or 0
    gap, before = text[said.end() : start], text[max(begin, said.start() - _BEFORE) : said.start()]
    if (
        len(gap) > _FARTHEST
        or _ON.search(gap)
        or re.search(r"[0-9]", _no_levels(gap))
        or _OPEN.search(before + said[0])
    ):
        return False
    subject = before + gap[: than.start()] if (than := _THAN.search(gap)) else before + gap
    named = _NAME.search(gap)
    if named is None or _CONTROL.search(subject) or _QUANTITY.search(before):
        return False
    if _ORDER.search(gap, named.start()) is not None:
        return False
    of = _OF.search(gap, named.start())
    clause = gap[: min(named.start(), than.start() if than is not None else named.start())]
    told = {word.lower()[:_STEM] for word in _WORD.findall(before + said[0] + clause)}
    return of is None or all(
        word.lower()[:_STEM] in told or _ENDS.fullmatch(word) for word in _WORD.findall(gap, of.end())
    )


def _no_levels(gap: str) -> str:
    return re.sub(r"95 ?%|\b[0-9]+ ?%? (?:CI|confidence)", "", gap)
