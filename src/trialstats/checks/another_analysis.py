"""What the words about a P value say of its analysis: another null, another design, a named test.

Not a check: the checks of P values against the numbers of two groups ask it whether a plain test is meant.
"""

from __future__ import annotations

import re

from trialstats.checks.check import Context
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import Comparison, Estimate, Paper
from trialstats.sources.text.tokens.expressions import Stemmed
from trialstats.sources.text.told.counts_of_groups import counts_of_groups

_FAR = 320
"""Characters before the numbers compared that are still about them, within the sentence."""
_BEHIND = 90
_STOP = re.compile(r"(?<!\bvs)(?<!\bv)(?<!\bP)(?<!\bp)\.(?=\s+(?:[A-Z(]|$))|\n")
_OTHER_NULL = {"interaction", "trend", "heterogeneity", "non-inferiority"}

# By what a plain test does not do. Of the P value's own sentence:
ADJUSTED = "an adjusted analysis"
_SEVERAL = "a trend or several groups"
STRATIFIED = "a stratified or weighted analysis"
STRATA = "strata"
_OF_TIMES = "times to the event"
_NEAR = (
    (ADJUSTED, r"(?<!un)adjust|covaria|ancova|multivaria|controll(?:ed|ing) for|bonferroni|corrected for"
     r"|propensity|least[- ]squares|\bls ?means?"),
    (STRATIFIED, r"stratif|mantel|cochran|cmh\b|weighted|imput"),
    ("a regression model", r"logistic|regression|poisson|generali[sz]ed|\bgee\b|mixed|random[- ]effect|\bmodel"),
    ("repeated measures", r"repeated[- ]measure|\brm-?\s?anova|(?:two|2|three|3)[- ](?:way|factor)"
     r"|group (?:by|x|×) time"),
    (_SEVERAL, r"\btrend\b|dose[- ]response|linear[- ]by|across|kruskal|anova|analysis of variance"
     r"|freeman|halton|among (?:the )?(?:[a-z]+ )?(?:doses|arms|regimens|treatments|cohorts|strategies)\b"
     r"|(?:three|four|five|all|between|among the|the other) groups\b.{0,25}\bp\b|overall p|p[ -]overall|\bfor all\b"),
    ("an interaction or a margin", r"interaction|heterogeneity|inferior|equivalence|margin"),
    ("paired data", r"\bpaired|mcnemar|matched|crossover|cross-over|within[- ](?:subject|patient|group)"
     r"|\bbaseline\b|\bbefore\b|pre-?treatment|\bfrom [^.;]{0,60}\bto\b|\b(?:pre|post)[- ]"
     r"|sensitivit|specificit|\bdetection\b|each eye|fellow eye"),
    (_OF_TIMES, r"log-?\s?rank|surviv|kaplan|hazard|time[- ]to|cumulative|actuarial|wilcoxon|breslow|gehan"
     r"|event-free|progression-free|disease-free|\bcox\b|\byear|\bper 100\b|freedom from"),
    ("ranks or an ordered scale", r"mann|rank[- ]sum|ordinal|ridit"),
    ("clusters", r"cluster"),
)  # fmt: skip
_NEAR_WORDS = tuple((what, Stemmed(words)) for what, words in _NEAR)
# Of the whole text: a design that no plain test of two independent groups fits.
_DESIGN = (
    ("a crossover or paired design", r"cross-?over|\bpaired\b|split[- ]mouth|within[- ]subject|contralateral|fellow eye"
     r"|matched[- ](?:pair|case|control)|case-control|mcnemar|intra-?(?:individual|patient)|own controls?\b"
     r"|\b(?:other|each|either|both|same|opposite) (?:half|halves|sides?|breasts?|eyes?|legs?|forearms?|knees?)\b"),
    ("siblings", r"\b(?:co-?)?twins\b|\bsiblings\b|\blittermates\b"),
    ("multiple imputation", r"multiple imputation|multiply imputed|imputed? multiple|imputation by chained"),
    ("clusters", r"cluster[- ]?random|\bclustering (?:by|of|within|effect)"
     r"|for (?:the )?(?:effects? of )?cluster(?:s|ing)"
     r"|randomi[sz]ed (?:by )?(?:cluster|practice|village|school)"
     r"|generali[sz]ed estimating|\bgee\b|mixed[- ](?:effect|model)|multi-?level"),
)  # fmt: skip
_DESIGN_WORDS = tuple((what, Stemmed(words)) for what, words in _DESIGN)
_NOT_ADJUSTED = re.compile(
    r"\b(?:no|without(?: any)?) (?:covariates?|(?:covariate )?adjustment)(?: in the model)?\b", re.IGNORECASE
)
_OTHER_PATIENTS = re.compile(r"per[- ]protocol|as[- ]treated|complete[- ]case", re.IGNORECASE)
_RANKS = re.compile(r"wilcoxon|mann[- ]whitney|rank[- ]sum|kruskal", re.IGNORECASE)
_ADJUSTED_MEANS = Stemmed(
    r"analys[ei]s of covariance|ancova|repeated[- ]measures? (?:an|model|mixed)|\brm-?\s?anova|as (?:a )?covariate"
    r"|adjust(?:ed|ing|ment) for (?:the )?(?:[a-z]+ ){0,2}?baseline|(?:two|2)[- ]way (?:analys|anova)"
)
"""What a text says anywhere of an analysis of means at follow-up that adjusts them."""
_TESTS_OF_COUNTS = re.compile(
    r"fisher(?:['’]?s)?(?: exact)?(?: test)?|chi-?\s?square[d]?(?: test)?|χ ?[2²](?: test)?", re.IGNORECASE
)
_TESTS_OF_MEANS = re.compile(
    r"(?:student(?:['’]?s)? |welch(?:['’]?s)? |unpaired |independent[- ](?:samples? )?|two[- ]sample )?\bt[- ]test"
    r"|\bwelch\b",
    re.IGNORECASE,
)


def words_about(context: Context, claim: Comparison | Estimate) -> str:
    """Return the words about a P value: its sentence from before the numbers compared to behind the P value."""
    text = context.paper.text
    if text is None or claim.where.start is None or claim.where.end is None:
        return ""
    starts = [one.where.start for one in context.members(claim) if one.where.start is not None]
    first, last = min([claim.where.start, *starts]), claim.where.end
    before = text[max(0, first - _FAR) : first]
    stops = [found.end() for found in _STOP.finditer(before)]
    behind = text[last : last + _BEHIND]
    stop = _STOP.search(behind)
    return before[stops[-1] if stops else 0 :] + text[first:last] + (behind[: stop.start()] if stop else behind)


def excuse(
    context: Context,
    claim: Comparison | Estimate,
    *,
    of_several: bool = False,
    of_means: bool = False,
    by_year: bool = True,
) -> str:
    """Return what the text says of an analysis that is no plain test of independent groups; empty if nothing.

    Of two groups, or with ``of_several`` of any number of them; with ``of_means`` or without ``by_year`` a year is
    no word for times to events.
    """
    p = claim.p
    if p is not None and p.test in _OTHER_NULL:
        return f"a P value for {p.test}"
    if not of_several and _of_several(context, claim):
        return "more than two results with one P value"
    if claim.adjusted:
        return ADJUSTED
    if any(one.adjusted for one in context.members(claim)):
        return "an adjusted analysis or a rate from a curve"
    if _of_other_patients(context, claim):
        return "other patients (per protocol)"
    # Means and their test of ranks stand in different sentences.
    if (of_means or any(one.measure == "mean" for one in context.members(claim))) and _RANKS.search(
        context.paper.text or ""
    ):
        return "ranks"
    if of_means and _ADJUSTED_MEANS.search(context.paper.text or "") and not names_a_test_of_means(context, claim):
        return ADJUSTED
    words = _NOT_ADJUSTED.sub(" ", _said(context, claim))
    words = words if by_year else _YEAR.sub(" ", words)
    passed = {_SEVERAL} if of_several else set()
    if (of_means and _LOG_RANK.search(words) is None) or _names_its_test(context, claim):
        passed.add(_OF_TIMES)
    for what, expression in _NEAR_WORDS:
        if expression.search(words) and what not in passed:
            return what
    of_counts = not of_means and all(one.measure in ("proportion", "count") for one in context.members(claim))
    if of_counts and _TESTS_OF_MEANS.search(words) and not _TESTS_OF_COUNTS.search(words):
        return "a test of means"
    return design_excuse(context)


def _of_other_patients(context: Context, claim: Comparison | Estimate) -> bool:
    """Whether a P value, and not the numbers before it, is said to be of those who kept to the protocol."""
    text, ends = context.paper.text, [one.where.end for one in context.members(claim) if one.where.end is not None]
    said = claim.p.test or "" if claim.p is not None else ""
    if text is not None and ends and claim.where.end is not None:
        said += text[max(ends) : claim.where.end]
    return _OTHER_PATIENTS.search(said) is not None


def only_strata(context: Context, claim: Comparison | Estimate) -> bool:
    """Whether a stratified test of randomised groups is named, and neither weights nor imputation."""
    said = context.paper.text or ""
    return "andomi" in said and not design_excuse(context) and _WEIGHTS.search(_said(context, claim)) is None


_WEIGHTS = re.compile(r"weight|imput", re.IGNORECASE)


def strata_anywhere(context: Context) -> str:
    """Return that a text names strata of its analysis, or of its randomisation, wherever it does; empty if it does not.

    They seldom move a test of randomised groups far.
    """
    return STRATA if _STRATA_ANYWHERE.search(context.paper.text or "") is not None else ""


_STRATA_ANYWHERE = Stemmed(
    r"mantel[- ]h(?:ae|æ|a|e)ns[zs]el|\bcmh\b|\bstratification (?:by|for|according|factor|variable)"
    r"|\bstratified (?:by|for|according|on|test|analys|randomi[sz]|log-? ?rank|exact|chi)"
    r"|(?:randomi[sz]ation|allocation|analys[ei]s|assignment) (?:was|were|is) stratified"
)


def design_excuse(context: Context) -> str:
    """Return what the whole text says of a design that no plain test of two groups fits; empty if nothing."""
    paper = context.paper
    if any("clusters" in arm.of for arm in paper.arms) or _allocates_clusters(paper):
        return "clusters"
    said = paper.text or " ".join(paper.design.values())
    return next((what for what, expression in _DESIGN_WORDS if expression.search(said)), "")


def _allocates_clusters(paper: Paper) -> bool:
    """Whether clusters that are counted were allocated, and are not only the places where people were found."""
    size = paper.of.get("clusters")
    if size is None or size.place is None or paper.text is None:
        return False
    begin, stop = sentence_of(paper.text, size.place[0])
    return _WERE_ALLOCATED.search(paper.text, begin, stop) is not None


_WERE_ALLOCATED = re.compile(r"\b(?:were|was)(?: [a-z]+)? (?:allocated|randomi[sz]ed|assigned)\b")


def combined(context: Context) -> bool:
    """Whether a text combines several studies, whose ratios are not those of all their patients together."""
    return _REVIEW.search(context.paper.text or "") is not None


_REVIEW = Stemmed(
    r"meta-?\s?analy|systematic(?:ally)? review|cochrane|(?:included|eligible|all|these|pooled) (?:studies|trials)\b"
    r"|(?:studies|trials) (?:that|which) (?:reported|met)|\b(?:studies|trials) were (?:included|pooled|combined)"
)


def share_patients(context: Context, sizes: tuple[int, int]) -> bool:
    """Whether two groups are larger together than all patients of the text: some are in both.

    A number that stands within a result, as of how many it is, is no number of all.
    """
    own = [(one.where.start or 0, one.where.end or 0) for one in context.estimates]
    totals = [
        n for size in context.paper.of.values()
        if (n := size.value.whole) and not (size.place and any(a <= size.place[0] < b for a, b in own))
    ]  # fmt: skip
    return any(max(sizes) < n < sum(sizes) or sizes[0] == sizes[1] == n for n in totals)


def on_times(context: Context, claim: Comparison, *, by_year: bool = True) -> bool:
    """Whether a P value is of the times to an event: other numbers than the counts beside it.

    A year is a word for such times, unless no test of the times of these patients could lie so far off.
    """
    if claim.p is not None and claim.p.test == "log-rank":
        return True
    words = words_about(context, claim)
    words = words if by_year else _YEAR.sub(" ", words)
    return not _names_its_test(context, claim) and _ON_TIMES.search(words) is not None


_YEAR = re.compile(r"\byears?\b", re.IGNORECASE)


_ON_TIMES = dict(_NEAR_WORDS)[_OF_TIMES]


def _names_its_test(context: Context, claim: Comparison | Estimate) -> bool:
    """Whether a test of counts, and none of times, is named between the counts and their P value.

    "Within a year" is no word for times then.
    """
    text, ends = context.paper.text, [one.where.end for one in context.members(claim) if one.where.end is not None]
    if text is None or not ends or claim.where.end is None:
        return False
    own = text[max(ends) : claim.where.end]
    return _TESTS_OF_COUNTS.search(own) is not None and _LOG_RANK.search(own) is None


_LOG_RANK = re.compile(r"log-?\s?rank|cox|hazard|kaplan", re.IGNORECASE)


def _of_several(context: Context, claim: Comparison | Estimate) -> bool:
    """Whether a third result of the kind stands before the P value, in its sentence and behind any other P value."""
    text, members = context.paper.text, context.members(claim)
    starts = [one.where.start for one in members if one.where.start is not None]
    if text is None or not starts or claim.where.end is None:
        return False
    first = min(starts)
    begin = max(0, first - _LIST)
    before = text[begin:first]
    stops = [found.end() for found in _LIST_STOP.finditer(before)]
    begin += stops[-1] if stops else 0
    own = {one.id for one in members}
    if all(one.n is not None for one in members) and counts_of_groups(text, begin, first):
        return True  # a third count that is no claim
    return any(
        one.id not in own and one.measure == members[0].measure and one.unit == members[0].unit
        and one.where.start is not None and begin <= one.where.start < claim.where.end
        for one in context.estimates
    )  # fmt: skip


_LIST = 200
_LIST_STOP = re.compile(r"[.;](?=\s)|\bP ?[<=>]|\n", re.IGNORECASE)


def names_a_test_of_counts(context: Context, claim: Comparison) -> str:
    """Return the test of counts that a P value's label or sentence names; empty if none."""
    if claim.p is not None and claim.p.test in ("fisher", "chi-squared"):
        return {"fisher": "Fisher's exact test", "chi-squared": "a chi-square test"}[claim.p.test]
    return _named(_TESTS_OF_COUNTS, _said(context, claim))


def names_a_test_of_means(context: Context, claim: Comparison | Estimate) -> str:
    """Return the test of means that a P value's sentence names; empty if none."""
    return _named(_TESTS_OF_MEANS, _said(context, claim))


def _said(context: Context, claim: Comparison | Estimate) -> str:
    named = claim.p.test if claim.p is not None else None
    return f"{words_about(context, claim)} {named or ''}"


def _named(expression: re.Pattern[str], words: str) -> str:
    found = expression.search(words)
    return "" if found is None else found[0].strip()
