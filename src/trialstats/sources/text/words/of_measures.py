"""The words that name what an estimate measures, and where they stand in a text."""

from __future__ import annotations

import re
from operator import itemgetter
from typing import TypeAlias

from trialstats.sources.text.tokens.document import Document

_TIME_TEXT = (
    "month months mo mos year years yr yrs week weeks wk wks day days hour hours hrs h min mins minute minutes "
    "s sec secs seconds"
)
TIME = frozenset(_TIME_TEXT.split())

# The words in the order they are tried where two begin at the same place; the group says the measure. A group is
# tried only where one of its first letters stands before it.
_WORDS = re.compile(
    # Half of all words are these: they are passed over before anything else is tried.
    r"\b(?=a[bcdhinopruv]|b[epr]|c[-cfohmrsu]|d[efimr =]|e[cdflrv]|f[aeors]|g[aelmr =]|h[aeiro]|i[cfmnr]|k[ao]"
    r"|l[acdinors]|m[adefoiru]|n[elnu]|o[drvs]|p[acefloyr]|r[ adefiors=]|s[cehilmnptu]|t[ort]|u[hr]"
    r"|v[ae]|w[emo]|[zβδΔ0-9/])"
    r"(?!(?:the|of|and|in|to|was|were|for|with|patients|a|an|at|on|by|from|versus|vs|months|years|than|who|had)\b)"
    r"(?:(?P<other>(?:log|ln|logarithms?) ?-?(?:of )?(?:the )?(?:(?:adjusted|pooled|estimated) )?[(\[]? ?"
    r"(?:odds|hazards?|risk|rate|relative|a?hr|a?rr|irr|a?or)(?: ?-?(?:ratios?|risks?|rates?))?\b"
    r"|relative risk ratio|median odds(?: ratios?)?|[mdr]or\b|ratios? (?:\([^()]{1,40}\) )?of"
    r"|a?rrr\b|risk-benefit|kappa|koc\b|auc\b|auroc\b"
    r"|c-?(?:statistic|index)\b"
    r"|area under|correlation|[dgr] ?(?==)|icc\b|beta\b|β|coefficient|slope|standardi[sz]ed (?:mean "
    r")?(?:difference|effect)"
    r"|smds?\b|effect sizes?|cohen|hedges|glass\S{0,2} delta|numbers?[ -]needed|nn[th]b?\b|geometric (?:mean|least|ls)"
    r"|gm(?:[crt]|fr)?s?\b"
    r"|per 10[ ,]?0|/ ?10[ ,]?0|person-?years?|patient-?years?|pyr?s?\b|likelihood ratio|diagnostic odds|s[im]rs?\b"
    r"|mortality ratio|standardi[sz]ed incidence|heritability|half-life|cmax\b|elasticity|z ?="
    r"|incidence rates?(?! ratio)|annuali[sz]ed(?: \w+){0,3} rates?(?! ratio)"
    r"|fold[ -](?:change|increase|rise|difference|reduction)s?\b|fold\b|[pn]lr\b"
    r"|[eil][cd]t?(?:50|9[0-9])\b(?<!\(ic9[059])(?! ?%)"
    r"|concordance|transition|multiplicative|factor of)"
    r"|(?=[aehoprv])(?P<reduction>(?:relative|proportion\w*) (?:[a-z]{1,12} ){0,2}(?:reduction|decrease|increase)s?"
    r"|reductions? (?:of|in) (?:the )?(?:pooled )?(?:odds|hazard|risk|rate) ratios?|protective effic\w+"
    r"|vaccine efficacy|effectiveness|efficacy|ves?\b"
    r"|(?:risk|rate|odds|hazard) reduction|preventi(?:ve|on) (?:efficacy|fraction)|attributable fraction)"
    r"|(?=[achmrsu])(?P<hr>hazards? ?-?ratios?|(?:[ascmu]|sub|adj|cs)?-?hrs?(?:_?adj?)?\b|hazards? of"
    r"|hazard rates?|hazards?\b"
    r"|relative hazards?)"
    r"|(?=[acmopu])(?P<or>odds? ?-?ratios?|(?:[acmu]|adj|c)-?ors?\b|ors?_?adj?\b|odds of|odds\b|a?pors?\b)"
    r"|(?=[acehimprs])(?P<rr>(?:relative|risk|rate|prevalence|incidence|proportion|probability|response|hospitali[sz]ation"
    r"|event)s?[ -]{1,2}"
    r"(?:rates? |density |proportion )?ratios?|relative (?:risk|rate|probability|likelihood|incidence)s?"
    r"|(?:[aipcsm]|adj|ai)?-?rrs?(?:_?adj?)?\b"
    r"|a?prs?(?:_?adj)?\b|rate-?ratios?|risks? relative)"
    r"|(?=[abcdefglmnprtwδ])(?P<difference>placebo-(?:subtracted|corrected|adjusted)(?: [a-z-]+)?"
    r"|differences? (?:in|of|between) (?:the )?(?:median|mean|proportion|rate"
    r"|risk|response|\w{1,20} (?:rate|mean))s?"
    r"|(?:mean|median|risk|rate|absolute|weighted|treatment|group|between-group|ls|net|percentage) ?-?"
    r"(?:(?!was |is |were |be |been )\w{1,12} )?"
    r"(?:differences?|change|decrease(?!d)|increase(?!d)|reduction|improvement|gain|(?<!blood )loss(?:es)?\b)s?"
    r"|differences?\b|diff\b|[waelmf]?(?:wm|m)ds?\b|a?rds?\b|arr\b|ari\b|lsmd\b|changes?\b"
    r"|treatment effect(?! ratio)|delta\b(?! (?:variant|strain|wave))|[δΔ])"
    r"|(?=[bdfgilr])(?P<noun>reductions?(?! rate)|increases?\b|decreases?\b|improvements?(?! rate)|declines?\b|gains?\b"
    r"|(?:rise|fall|drop)s? (?:in|of)\b"
    r"|loss(?:es)? of|benefits?\b(?! rate))"
    r"|(?=[cdfghilprsw])(?P<verb>reduced|reducing|reduces|increased|increasing|decreased|decreasing|improved|improves|declined"
    r"|gained|changed|lost"
    r"|lower(?:ed)?\b|higher|greater|longer|shorter|shorten(?:ed|s)\b|rose\b|fell\b|slowed\b"
    r"|went (?:up|down|from)\b|worsened|dropped|raised|prolonged)"
    r"|(?P<median>median|medians\b)"
    r"|(?P<survival>(?:overall|free|specific|relapse|disease|progression|graft|patient|event)[ -]surviv\w*"
    r"|surviv\w+|[adelmptbircou]{0,3}(?:pfs|os|dfs|efs|rfs|mfs|fs)\b|ttp\b|cumulative incidence|kaplan"
    r"|[0-9]{1,2}[- ](?:year|yr|month)s? (?:(?:recurrence|relapse|failure|biochemical|local|locoregional|actuarial"
    r"|disease|mortality)\S* ){0,3}rates?"
    r"|life[ -]tables?|product[ -]limit|progression[ -]free|freedom from|free of|actuarial"
    r"|local control|locoregional control|lrc\b|event-free)"
    r"|(?P<ratio>(?<![0-9] )(?:treatment effect )?ratios?\b)"
    r"|(?=[alm])(?P<mean>means?\b(?! arterial| corpuscular| platelet| blood pressure| \+| ±)|average|lsm\b)"
    r"|(?=[anps])(?P<share>sensitivit(?:y|ies)|specificit(?:y|ies)|(?:positive |negative )?predictive values?"
    r"|[np]pvs?\b|prevalence|accuracy)"
    r"|(?=[abcdeoprst])(?P<proportion>proportions?|response rates?|orr\b|cr\b|pcr\b"
    r"|(?<!duration of )(?<!time to )respon(?:se|ders?|ded)|cure rate|(?:benefit|control|success|complication"
    r"|abstinence|eradication|detection|completion|retention) rates?|positivity|toxicit|percentage))"
)
_GROUPS = {
    "other": "other",
    "reduction": "relative-reduction",
    "hr": "hazard-ratio",
    "or": "odds-ratio",
    "rr": "risk-ratio",
    "difference": "difference",
    "noun": "noun",
    "verb": "verb",
    "median": "median",
    "survival": "survival",
    "mean": "mean",
    "share": "share",
    "ratio": "ratio",
    "proportion": "proportion",
}
# "OR" is a measure in capitals only, and stands before a number or in the words for one.
_CAPITAL_OR = re.compile(r"\b(?:(?![MDR]OR)[A-Z]{0,3}|[acmu]|adj\.? ?)ORs?\b")
RATIOS = ("hazard-ratio", "odds-ratio", "risk-ratio")


Named: TypeAlias = tuple[str, int, int]
"""A measure named in a text, with the places where its words begin and end."""


_PER = re.compile(r"\bper (?:[0-9][^,;()]{0,12}[ -])(?:[a-z%-]{1,20}[ -]){0,3}$")


_STEPS = frozenset(("noun", "difference"))


def _is_a_step(text: str, at: int) -> bool:
    """Whether the change named at a place is the step that a ratio is of: "HR per 10-point increase"."""
    start = max(0, at - 45)
    return text.find("per ", start, at) >= 0 and _PER.search(text, start, at) is not None


def _of_posterior(text: str, named: re.Match[str]) -> bool:
    """Whether a median odds ratio is the middle of a posterior, not the spread of clusters: "(95% CrI 0.7-1.1)"."""
    return named[0].startswith("median odds") and _CREDIBLE.match(text, named.end()) is not None


_SOURCES = frozenset(("hr", "or", "rr"))
_FROM = re.compile(
    r"\b(?:corrected|derived|converted|calculated|estimated|computed|obtained|transformed) from (?:the )?$"
)
_OF_VALUE = re.compile(r" (?:of|=) ?[0-9]")
_ANNUAL_CHANGE = re.compile(r"\ba?apc\b")
"""The abbreviation of an annual percentage change, in a text that speaks of one."""


def _is_a_source(text: str, named: re.Match[str]) -> bool:
    """Whether a ratio is named as what another was made from: "the relative risk (derived from the odds ratio) was"."""
    start = max(0, named.start() - 30)
    if text.find(" from ", start, named.start()) < 0 or _OF_VALUE.match(text, named.end()):
        return False
    return _FROM.search(text, start, named.start()) is not None


_CREDIBLE = re.compile(r".{0,80}?\bcr(?:is?\b|edib)")


def named_in(document: Document, start: int, end: int) -> list[Named]:
    """Return the measures named in a stretch of text, in order."""
    if end <= start:
        return []
    text = document.tokens.text
    found = [
        ("odds-ratio" if _of_posterior(text, match) else _GROUPS[match.lastgroup], match.start(), match.end())
        for match in _WORDS.finditer(text, start, end)
        if match.lastgroup is not None
        and not (match.lastgroup in _STEPS and _is_a_step(text, match.start()))
        and not (match.lastgroup in _SOURCES and _is_a_source(text, match))
    ]
    if "annual per" in text:
        changes = _ANNUAL_CHANGE.finditer(text, start, end)
        found = sorted([*found, *(("difference", match.start(), match.end()) for match in changes)], key=itemgetter(1))
    if document.cased.find("OR", start, end) < 0:
        return found
    named = [("odds-ratio", match.start(), match.end()) for match in _CAPITAL_OR.finditer(document.cased, start, end)]
    # "ln(OR)" is no odds ratio.
    logs = [(first, last) for kind, first, last in found if kind == "other"]
    found += [one for one in named if not any(first <= one[1] < last for first, last in logs)]
    return sorted(found, key=itemgetter(1))


_OBJECT = re.compile(r"[)\]]? ?(?:[(\[][a-z]{1,4}[)\]] ?)?(?:for|of) (?:[a-z-]{1,20} ){0,3}(?:[a-z]{1,20}-)?")


def without_objects(text: str, kinds: list[Named]) -> list[Named]:
    """Leave out what a ratio is of: "the hazard ratio for disease-free survival was 0.76"."""
    ratios = [last for kind, _, last in kinds if kind in RATIOS]
    return [
        one for one in kinds
        if one[0] != "survival" or not any(last <= one[1] and _OBJECT.fullmatch(text, last, one[1]) for last in ratios)
    ]  # fmt: skip


def only_ratio(document: Document) -> str:
    """Return the one ratio that a text names anywhere; ``other`` where there are several or none."""
    kinds = document.ratios
    if kinds is None:
        kinds = document.ratios = {
            _GROUPS[found.lastgroup] for found in _RATIO_WORDS.finditer(document.tokens.text) if found.lastgroup
        } | ({"odds-ratio"} if "OR" in document.cased and _CAPITAL_OR.search(document.cased) else set())
    return next(iter(kinds)) if len(kinds) == 1 else "other"


_RATIO_WORDS = re.compile(
    r"\b(?:(?P<hr>hazards? ratio|a?hrs?\b)|(?P<or>odds ratio)|(?P<rr>relative (?:risk|rate)|(?:risk|rate"
    r"|prevalence) ratio|a?rrs?\b))"
)
