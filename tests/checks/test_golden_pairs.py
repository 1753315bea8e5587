"""Each check with claims that it must accept, explain, question or leave alone: hits beside near misses.

A row is a name, the claims, the claim judged, and the verdict. A check without a pair here fails
`test_every_check_has_a_pair`.
"""

import re
from collections import defaultdict
from dataclasses import replace

import pytest

from trialstats.checks import CHECKS, find_check
from trialstats.claims.model import NEEDED_TO_TREAT, Arm, Comparison, Estimate, Paper, Place, Plan, PValue, Size, Spread
from trialstats.errors import UnknownNameError
from trialstats.findings import Verdict
from trialstats.reanalysis import reanalyse
from trialstats.reported import Reported
from trialstats.sources.text.reading import extract

R = Reported
# These compare printed numbers with each other; there are no data behind them to find.
COMPARED_ONLY = (
    "order",
    "totals",
    "nested",
    "standard-error",
    "categories",
    "repeated",
    "significance",
    "median-interval",
    "posterior-threshold",
    "posterior-ratio",
    "design-size",
    "direction",
)
SILENT = None  # the check has nothing to say
AGREES, CONSISTENT, EXPLAINED, STRAINED, ASKS, UNCHECKED = (
    Verdict.REPRODUCED, Verdict.CONSISTENT, Verdict.EXPLAINED, Verdict.STRAINED, Verdict.INCONSISTENT,
    Verdict.UNCHECKED,
)  # fmt: skip


def number(text):
    return None if text is None else R(text)


def estimate(
    claim, measure, value=None, low=None, high=None, *, kind="confidence", level="95%", p=None, x=None, n=None, **more
):
    spread = Spread(kind, number(low), number(high), level=number(level)) if low or high else None
    return Estimate(
        id=claim, measure=measure, value=number(value), spread=spread, p=PValue(R(p)) if p else None, x=number(x),
        n=number(n), **more,
    )  # fmt: skip


def paper(*claims, sizes=None, total=None):
    arms = tuple(Arm(name, name, {"randomised": Size(R(n))} if n else {}) for name, n in (sizes or {}).items())
    return Paper(id="own", arms=arms, claims=claims, of={"randomised": Size(R(total))} if total else {})


def planned(events):
    numbers = {"ratio": R("0.64"), "alpha": R("10%"), "power": R("85%"), "events": R(events)}
    return Paper(id="own", plans=(Plan(id="size", effect="hazard-ratio", numbers=numbers, sided=1),))


def rate(claim, value, low=None, high=None, **more):
    return estimate(claim, "proportion", value, low, high, **more)


def hazard(value, low, high, p=None, **more):
    return estimate("hr", "hazard-ratio", value, low, high, p=p, arms=("new", "old"), outcome="death", **more)


def responses(*counts):
    named = ("partial response", "stable disease", "progressive disease")
    return [estimate(f"b{k}", "count", x, n="218", outcome=what)
            for k, (x, what) in enumerate(zip(counts, named, strict=True))]  # fmt: skip


def lower_with_tea(tea, milk):
    return extract(f"Insomnia was lower with tea than with milk ({tea} v {milk}).")


def said_twice(again):
    later = replace(hazard(again, None, None), id="again", where=Place(section="conclusions"))
    return paper(hazard("0.67", "0.53", "0.84"), later)


def per_time(value, low=None, high=None):
    return estimate("r", "rate", value, low, high, x="19", n="965", unit="per 100 person-years")


def by_test(value, low, high, p, test):
    return replace(hazard(value, low, high), p=PValue(R(p), test=test))


def two_medians(first, second):
    return [estimate(f"m.{arm}", "median", value, arms=(arm,), outcome="death", unit="months")
            for arm, value in (("new", first), ("old", second))]  # fmt: skip


def two_rates(first, second):
    return [estimate(f"s.{arm}", "survival", value, arms=(arm,), outcome="death", time="2 years")
            for arm, value in (("new", first), ("old", second))]  # fmt: skip


def both(x1, n1, x2, n2):
    return [estimate(f"r.{arm}", "proportion", x=x, n=n, arms=(arm,), outcome="relapse")
            for arm, x, n in (("new", x1, n1), ("old", x2, n2))]  # fmt: skip


def effect(measure, value, low=None, high=None, **more):
    return estimate("e", measure, value, low, high, arms=("new", "old"), outcome="relapse", **more)


def two_times(first, second, outcome="overall survival"):
    return [estimate(f"s{year}", "survival", value, arms=("new",), outcome=outcome, time=f"{year} year")
            for year, value in ((1, first), (2, second))]  # fmt: skip


def turned(value, low, high):
    other = estimate("turned", "hazard-ratio", value, low, high, arms=("old", "new"), outcome="death")
    return paper(hazard("0.54", "0.36", "0.81"), other)


def curve(median, rate):
    words = {"arms": ("new",), "outcome": "progression-free survival"}
    return [estimate("m", "median", median, unit="months", **words),
            estimate("s", "survival", rate, time="9 months", **words)]  # fmt: skip


def compared(first, second, p, sizes, sided=None):
    pair = [rate(f"r.{arm}", value, arms=(arm,)) for arm, value in (("new", first), ("old", second))]
    return paper(*pair, Comparison(id="cmp", of=("r.new", "r.old"), p=PValue(R(p), sided)), sizes=sizes)


def counted(first, second, p, test=None):
    pair = [estimate(f"r.{arm}", "proportion", x=x, n=n, value=percent, arms=(arm,))
            for arm, (x, n, percent) in (("new", first), ("old", second))]  # fmt: skip
    return paper(*pair, Comparison(id="cmp", of=("r.new", "r.old"), p=PValue(R(p), None, test)))


def two_means(p, test=None, kind="sd", size="40"):
    pair = [Estimate(id=f"m.{arm}", measure="mean", value=R(value), spread=Spread(kind, value=R(spread)), arms=(arm,),
                     n=number(size))
            for arm, value, spread in (("new", "5.2", "2.0"), ("old", "6.4", "2.2"))]  # fmt: skip
    return paper(*pair, Comparison(id="cmp", of=("m.new", "m.old"), p=PValue(R(p), None, test)))


def two_kinds(p, test="interaction"):
    pair = [estimate(f"hr.{kind}", "hazard-ratio", *numbers)
            for kind, numbers in (("women", ("0.55", "0.43", "0.70")), ("men", ("1.10", "0.88", "1.38")))]  # fmt: skip
    return paper(*pair, Comparison(id="cmp", of=("hr.women", "hr.men"), p=PValue(R(p), None, test)))


def three_groups(p, test=None):
    counts = (("12", "60"), ("21", "61"), ("34", "60"))
    groups = [estimate(f"g{k}", "proportion", x=x, n=n, arms=(f"dose{k}",)) for k, (x, n) in enumerate(counts)]
    return paper(*groups, Comparison(id="cmp", of=("g0", "g1", "g2"), p=PValue(R(p), None, test)))


def flow(**sizes):
    return Paper(id="own", of={name: Size(R(n)) for name, n in sizes.items()})


def statistic(p):
    return extract(f"Fatigue eased more with walking than with reading (t(78) = 2.64, P = {p}).")


def with_error(low, high):
    return extract(f"The mean difference was 4.2 points (SE 1.1; 95% CI, {low} to {high}).")


def posteriors(first, second, probability, event="new > old"):
    pair = [
        rate(f"p.{arm}", *numbers, kind="credible", arms=(arm,)) for arm, numbers in (("new", first), ("old", second))
    ]
    claim = estimate("sup", "posterior-probability", probability, of=("p.new", "p.old"), event=event)
    return paper(*pair, claim, sizes={"new": "27", "old": "32"})


def likely(value, claim="q", **more):
    return estimate(claim, "posterior-probability", value, outcome="response", **more)


def missed(value):
    return likely(value, says="below-threshold"), likely("95%", "t", role="design")


CREDIBLE = hazard("0.65", "0.46", "0.92", kind="credible")
PAIR = (("72%", "55%", "87%"), ("71%", "55%", "84%"))

GOLDEN = [
    ("order", paper(rate("r", "25%", "12%", "43%")), "r", SILENT),
    ("order", paper(rate("r", "25%", "43%", "12%")), "r", EXPLAINED),
    ("order", paper(rate("r", "45%", "43%", "12%")), "r", ASKS),
    ("order", paper(rate("r", "45%", "12%", "43%")), "r", ASKS),
    ("order", paper(rate("r", "140%", x="7", n="5")), "r", ASKS),
    ("order", paper(rate("r", "100%", x="5", n="5")), "r", SILENT),
    ("order", paper(rate("r", "0%", x="0", n="0")), "r", ASKS),
    ("order", paper(Comparison(id="c", p=PValue(R("1.7")))), "c", ASKS),
    ("totals", paper(sizes={"new": "97", "old": "74"}, total="171"), "total.randomised", AGREES),
    ("totals", paper(sizes={"new": "97", "old": "75"}, total="171"), "total.randomised", ASKS),
    ("totals", paper(sizes={"new": "97", "old": None}, total="171"), "total.randomised", UNCHECKED),
    ("nested", flow(randomised="118", treated="115"), "total.treated", SILENT),
    ("nested", flow(randomised="118", treated="151"), "total.treated", ASKS),
    ("categories", paper(*responses("67", "91", "60")), "b0", AGREES),
    ("categories", paper(*responses("67", "91", "55")), "b0", CONSISTENT),
    ("categories", paper(*responses("67", "91", "74")), "b0", ASKS),
    ("repeated", said_twice("0.67"), "again", AGREES),
    ("repeated", said_twice("0.74"), "again", ASKS),
    ("percent-count", paper(rate("r", "91%", x="317", n="349")), "r", AGREES),
    ("percent-count", paper(rate("r", "90%", x="317", n="349")), "r", EXPLAINED),  # cut off: 90.83
    ("percent-count", paper(rate("r", "89%", x="317", n="349")), "r", ASKS),
    ("percent-count", paper(rate("r", "23.8%", arms=("new",)), sizes={"new": "105"}), "r", AGREES),
    ("percent-count", paper(rate("r", "23.8%", arms=("new",)), sizes={"new": "106"}), "r", CONSISTENT),
    ("percent-count", paper(rate("r", "23.8%")), "r", UNCHECKED),
    ("proportion-interval", paper(rate("r", "61%", "47", "74", n="54")), "r", AGREES),
    ("proportion-interval", paper(rate("r", "25%", "12", "43", n="32")), "r", EXPLAINED),
    ("proportion-interval", paper(rate("r", "25%", "18", "36", n="32")), "r", ASKS),
    ("proportion-interval", paper(rate("r", "61%", "47", "74", arms=("new",)), sizes={"new": "57"}), "r", CONSISTENT),
    ("proportion-interval", paper(rate("r", "61%", "47", "74")), "r", CONSISTENT),  # no n in the text
    ("denominators", paper(*(rate(f"r{k}", v, arms=("new",)) for k, v in enumerate(("72%", "56%", "43%"))),
                           sizes={"new": "54"}), "r0", AGREES),
    ("denominators", paper(*(rate(f"r{k}", v, arms=("new",)) for k, v in enumerate(("72%", "56%", "43%"))),
                           sizes={"new": "55"}), "r0", CONSISTENT),
    ("denominators", paper(*(rate(f"r{k}", v, arms=("new",)) for k, v in enumerate(("72%", "56%", "43%")))),
     "r0", CONSISTENT),
    ("ratio-interval", paper(hazard("0.54", "0.36", "0.81")), "hr", CONSISTENT),
    ("ratio-interval", paper(hazard("2.00", "1.00", "3.00")), "hr", EXPLAINED),
    ("ratio-interval", paper(hazard("0.50", "0.49", "0.81")), "hr", ASKS),
    ("ratio-interval", paper(hazard("0.54", None, "0.81")), "hr", UNCHECKED),
    ("ratio-p", paper(hazard("0.54", "0.36", "0.81", ".003")), "hr", CONSISTENT),
    ("ratio-p", paper(hazard("0.54", "0.37", "0.79", "<.001")), "hr", EXPLAINED),
    ("ratio-p", paper(hazard("0.54", "0.36", "0.81", ".03")), "hr", STRAINED),  # .83 away in z
    ("ratio-p", paper(hazard("0.54", "0.36", "0.81", ".03", adjusted=True)), "hr", STRAINED),  # perhaps of both
    ("ratio-p", paper(by_test("0.54", "0.36", "0.81", ".03", "stratified log-rank")), "hr", EXPLAINED),  # of P alone
    ("ratio-p", paper(hazard("0.50", "0.49", "0.51", ".90")), "hr", ASKS),
    ("significance", paper(hazard("0.54", "0.36", "0.81", ".003")), "hr", CONSISTENT),
    ("significance", paper(hazard("0.68", "0.46", "0.99", ".06")), "hr", EXPLAINED),  # another test, perhaps
    ("significance", paper(hazard("0.54", "0.36", "0.81", ".30")), "hr", UNCHECKED),  # ratio-p asks
    ("significance", paper(hazard("0.54", "0.36", "0.81", says="not-significant")), "hr", STRAINED),
    ("significance", paper(hazard("0.50", "0.49", "0.51", ".90")), "hr", ASKS),
    ("significance", paper(hazard("0.67", "0.45", "1.00", ".049")), "hr", UNCHECKED),
    ("person-time", paper(per_time("2.0")), "r", AGREES),
    ("person-time", paper(per_time("2.0", "1.2", "3.1")), "r", AGREES),
    ("person-time", paper(per_time("1.9")), "r", EXPLAINED),  # cut off: 1.969
    ("person-time", paper(per_time("2.3")), "r", ASKS),
    ("person-time", paper(per_time("2.0", "1.7", "2.3")), "r", Verdict.STRAINED),
    ("reduction", paper(hazard("0.54", "0.36", "0.81"), estimate("red", "relative-reduction", "46%", of=("hr",))),
     "red", AGREES),
    ("reduction", paper(hazard("0.54", "0.36", "0.81"), estimate("red", "relative-reduction", "48%", of=("hr",))),
     "red", ASKS),
    ("reduction", paper(estimate("red", "relative-reduction", "46%")), "red", UNCHECKED),
    ("reciprocal", turned("1.85", "1.23", "2.78"), "turned", AGREES),
    ("reciprocal", turned("1.85", "1.36", "2.78"), "turned", ASKS),
    ("unnamed-interval", paper(estimate("b", "other", "1.50", "1.20", "1.80")), "b", CONSISTENT),
    ("unnamed-interval", paper(estimate("b", "rate", "1.50", "1.45", "2.60")), "b", UNCHECKED),
    ("survival-order", paper(*two_times("81%", "66%")), "s2", CONSISTENT),
    ("survival-order", paper(*two_times("66%", "81%")), "s2", ASKS),
    ("medians-ratio", paper(*two_medians("8.6", "4.5"), hazard("0.54", "0.36", "0.81")), "hr", CONSISTENT),
    ("medians-ratio", paper(*two_medians("8.6", "4.5"), hazard("0.94", "0.90", "0.98")), "hr", STRAINED),
    ("medians-ratio", paper(*two_medians("8.6", "4.5"), hazard("0.68", "0.59", "0.79")), "hr", EXPLAINED),
    ("landmark-ratio", paper(*two_rates("81%", "36%"), hazard("0.13", "0.05", "0.31")), "hr", CONSISTENT),
    ("landmark-ratio", paper(*two_rates("81%", "79%"), hazard("0.13", "0.11", "0.15")), "hr", STRAINED),
    ("landmark-ratio", paper(*two_rates("81%", "76%"), hazard("0.30", "0.24", "0.37")), "hr", EXPLAINED),
    ("ratio-of-arms", paper(*both("74", "295", "54", "118"), effect("risk-ratio", "0.55", "0.41", "0.72")),
     "e", AGREES),
    ("ratio-of-arms", paper(*both("74", "295", "54", "118"), effect("risk-ratio", "0.48")), "e", EXPLAINED),
    ("ratio-of-arms", paper(*both("74", "295", "54", "118"), effect("risk-ratio", "0.34", "0.26", "0.45")),
     "e", STRAINED),
    ("ratio-of-arms", paper(*both("30", "109", "137", "389"), effect("odds-ratio", "0.43", adjusted=False)), "e", ASKS),
    ("ratio-of-arms", paper(*both("30", "109", "137", "389"), effect("odds-ratio", "0.43", adjusted=True)),
     "e", UNCHECKED),
    ("ratio-of-arms", paper(*both("40", "100", "60", "100"), effect("hazard-ratio", "0.56", "0.4", "0.8")),
     "e", CONSISTENT),
    ("difference-of-arms", paper(*both("61", "102", "97", "249"), effect("difference", "20.8%", "9.6%", "32.1%")),
     "e", AGREES),
    ("difference-of-arms", paper(*both("61", "102", "97", "249"), effect("difference", "22.1%")), "e", EXPLAINED),
    ("difference-of-arms", paper(*both("61", "102", "97", "249"), effect("difference", "29.8%", "18.6%", "41.1%")),
     "e", STRAINED),
    ("direction", lower_with_tea("12%", "19%"), "c1", SILENT),
    ("direction", lower_with_tea("19%", "12%"), "c1", STRAINED),
    ("needed-to-treat", paper(*both("33", "166", "51", "151"), effect("other", "8", unit=NEEDED_TO_TREAT)),
     "e", AGREES),
    ("needed-to-treat", paper(*both("33", "166", "51", "151"), effect("other", "14", unit=NEEDED_TO_TREAT)),
     "e", STRAINED),
    ("survival-interval", paper(estimate("s", "survival", "81%", "69", "96")), "s", CONSISTENT),
    ("survival-interval", paper(estimate("s", "survival", "81%", "80", "96")), "s", ASKS),
    ("survival-interval", paper(estimate("s", "survival", "65%", "70", "82")), "s", UNCHECKED),  # order asks
    ("mean-interval", paper(estimate("m", "mean", "9.9", "1.0", "5.0")), "m", UNCHECKED),  # order asks
    ("unnamed-interval", paper(estimate("r", "other", "0.65", "0.70", "0.82")), "r", UNCHECKED),  # order asks
    ("median-interval", paper(estimate("m", "median", "6.5", "5.6", "8.2")), "m", CONSISTENT),
    ("median-interval", paper(estimate("m", "median", "6.5", "7.1", "8.2")), "m", UNCHECKED),  # order asks
    ("median-interval", paper(estimate("m", "median", "not reached", "5.6", "8.2")), "m", ASKS),
    ("median-interval", paper(estimate("m", "median", "6.5", "5.6", "not reached")), "m", CONSISTENT),
    ("difference-interval", paper(estimate("d", "difference", "-2.0", "-3.1", "-0.9")), "d", CONSISTENT),
    ("difference-interval", paper(estimate("d", "difference", "19%", "0.4%", "36%")), "d", EXPLAINED),
    ("difference-interval", paper(estimate("d", "difference", "-2.4", "-3.1", "-0.2")), "d", STRAINED),
    ("difference-interval", paper(estimate("d", "difference", "3.7", "-8.1", "0.6")), "d", CONSISTENT),  # without sign
    ("difference-interval", paper(estimate("d", "difference", "47%", "7%", "70%")), "d", EXPLAINED),  # 1 less a ratio
    ("difference-interval", paper(estimate("d", "difference", "-2.0", "-1.7", "-0.2")), "d", UNCHECKED),  # order asks
    ("difference-p", paper(estimate("d", "difference", "-2.0", "-3.1", "-0.9", p="<.001")), "d", CONSISTENT),
    ("difference-p", paper(estimate("d", "difference", "-2.0", "-3.1", "-0.9", p=".00005")), "d", EXPLAINED),
    ("difference-p", paper(estimate("d", "difference", "-2.0", "-3.1", "-0.9", p=".12")), "d", STRAINED),
    ("median-landmark", paper(*curve("6.5", "32.1%")), "s", CONSISTENT),
    ("median-landmark", paper(*curve("6.5", "62.1%")), "s", ASKS),
    ("events", paper(hazard("0.54", "0.36", "0.81"), sizes={"new": "97", "old": "74"}), "hr", CONSISTENT),
    ("events", paper(hazard("0.54", "0.36", "0.81"), sizes={"new": "12", "old": "12"}), "hr", ASKS),
    ("means", paper(estimate("m", "mean", "5.18", n="28", unit="episodes")), "m", CONSISTENT),
    ("means", paper(estimate("m", "mean", "5.19", n="28", unit="episodes")), "m", EXPLAINED),
    ("means", paper(estimate("m", "mean", "5.19", n="28", unit="mmol/L")), "m", UNCHECKED),
    ("mean-interval", paper(estimate("m", "mean", "5.20", "4.56", "5.84", n="40")), "m", CONSISTENT),
    ("mean-interval", paper(estimate("m", "mean", "5.0", "2.5", "10.0", n="40")), "m", EXPLAINED),
    ("interaction-p", two_kinds("<.001"), "cmp", CONSISTENT),
    ("interaction-p", two_kinds(".015"), "cmp", UNCHECKED),  # another model of the same groups, perhaps
    ("interaction-p", two_kinds(".62"), "cmp", STRAINED),
    ("two-arm-p", compared("84%", "47%", "<.001", {"new": "97", "old": "74"}), "cmp", AGREES),
    ("two-arm-p", compared("8%", "0%", ".010", {"new": "97", "old": "74"}), "cmp", AGREES),
    ("two-arm-p", compared("8%", "0%", ".73", {"new": "97", "old": "74"}), "cmp", UNCHECKED),  # any test, perhaps
    ("two-arm-p", compared("58%", "20%", ".0010", {"new": "61", "old": "59"}), "cmp", EXPLAINED),  # another test
    ("two-arm-p", compared("84%", "47%", ".90", {"new": "97", "old": "74"}), "cmp", ASKS),
    ("two-arm-p", compared("8%", "0%", ".010", {"new": None, "old": None}), "cmp", UNCHECKED),
    ("two-arm-p", counted(("12", "60", "20%"), ("31", "62", "50%"), "<.001"), "cmp", AGREES),
    ("two-arm-p", counted(("12", "60", "20%"), ("31", "62", "50%"), ".31"), "cmp", STRAINED),
    ("two-arm-p", counted(("12", "60", "20%"), ("31", "62", "50%"), ".31", "Fisher's exact"), "cmp", ASKS),
    ("two-arm-p", counted(("12", "60", "20%"), ("31", "62", "50%"), ".31", "stratified"), "cmp", UNCHECKED),
    ("two-arm-p", counted(("12", None, "20%"), ("31", None, "50%"), ".31"), "cmp", STRAINED),  # of 60 and 62 by both
    ("several-groups-p", three_groups("<.001"), "cmp", AGREES),
    ("several-groups-p", three_groups(".023"), "cmp", EXPLAINED),
    ("several-groups-p", three_groups(".34"), "cmp", STRAINED),
    ("several-groups-p", three_groups(".34", "chi-squared"), "cmp", ASKS),
    ("statistic-p", statistic(".010"), "statistic.1", AGREES),
    ("statistic-p", statistic(".005"), "statistic.1", EXPLAINED),  # one-sided
    ("statistic-p", statistic(".10"), "statistic.1", STRAINED),  # corrected for several tests, perhaps
    ("statistic-p", statistic(".0010"), "statistic.1", ASKS),
    ("standard-error", with_error("2.0", "6.4"), "c1", CONSISTENT),
    ("standard-error", with_error("3.1", "5.3"), "c1", STRAINED),
    ("means-p", two_means(".013"), "cmp", AGREES),
    ("means-p", two_means(".93"), "cmp", STRAINED),
    ("means-p", two_means(".31", "Student's t test"), "cmp", ASKS),
    ("means-p", two_means(".31", "paired t test"), "cmp", UNCHECKED),
    ("means-p", two_means(".05"), "cmp", EXPLAINED),
    ("means-p", two_means(".69", kind="se"), "cmp", AGREES),
    ("means-p", two_means(".31", size=None), "cmp", UNCHECKED),
    ("posterior-summary", posteriors(*PAIR, "57%"), "p.new", AGREES),
    ("posterior-summary", posteriors(*PAIR, "57%"), "p.old", EXPLAINED),
    ("posterior-summary", posteriors(("72%", "65%", "75%"), ("71%", "55%", "84%"), "57%"), "p.new", ASKS),
    ("posterior-superiority", posteriors(*PAIR, "57%"), "sup", CONSISTENT),
    ("posterior-superiority", posteriors(*PAIR, "43%", "old > new"), "sup", CONSISTENT),
    ("posterior-superiority", posteriors(*PAIR, "65%"), "sup", ASKS),
    ("posterior-superiority", posteriors(*PAIR, "57%", "new > other"), "sup", UNCHECKED),
    ("credible-label", paper(rate("r", "72%", "55%", "87%", n="27"), likely("57%")), "r", EXPLAINED),
    ("credible-label", paper(rate("r", "61%", "47%", "74%", n="54"), likely("57%")), "r", SILENT),
    ("posterior-threshold", paper(*missed("57%")), "q", CONSISTENT),
    ("posterior-threshold", paper(*missed("97%")), "q", ASKS),
    ("posterior-ratio", paper(CREDIBLE, likely("99.2%", of=("hr",))), "q", CONSISTENT),
    ("posterior-ratio", paper(CREDIBLE, likely("80%", of=("hr",))), "q", UNCHECKED),
    ("design-size", planned("108"), "size", AGREES),
    ("design-size", planned("160"), "size", UNCHECKED),
    ("design-size", planned("180"), "size", STRAINED),
    ("design-size", planned("1080"), "size", STRAINED),
    ("nothing-to-check", paper(estimate("c", "count", "49")), "c", UNCHECKED),
]  # fmt: skip


def label(value):
    return str(value) if isinstance(value, (str, Verdict)) else ""


@pytest.mark.parametrize("check, claims, claim, verdict", GOLDEN, ids=label)
def test_golden(check, claims, claim, verdict):
    about = [one for one in reanalyse(claims, select=[check]).findings if one.claim == claim]
    if verdict is SILENT:
        assert about == []
        return
    (found,) = about
    assert found.verdict is verdict, found.message
    assert found.code == find_check(check).code
    if verdict in (AGREES, CONSISTENT, EXPLAINED) and check not in COMPARED_ONLY:
        assert found.explanations or found.verdict is EXPLAINED, "an accepted claim shows what prints it"
    told = found.searched.get("one_character")
    assert (told is not None) == found.verdict.is_question, "a question says what one changed character would do"
    if told is not None:
        asked = find_check(check)
        assert 0 <= told["agree"] <= told["tried"]
        assert told["tried"] <= asked.most_repairs or asked.may_agree is not None
        assert re.search(rf"{told['tried']} (?:likeliest )?changes of one character", found.message)
        assert ("would agree" in found.message) == (told["agree"] > 0)


def test_every_check_has_a_pair():
    verdicts = defaultdict(set)
    for check, _, _, verdict in GOLDEN:
        verdicts[check].add(verdict)
    alone = {"nothing-to-check"}
    assert {check.name for check in CHECKS if len(verdicts[check.name]) < 2} <= alone


def test_checks_have_stable_distinct_codes_names_and_a_page():
    assert len({check.code for check in CHECKS}) == len({check.name for check in CHECKS}) == len(CHECKS)
    for check in CHECKS:
        assert check.code.startswith("TS") and check.summary and not check.summary.endswith(".")
        assert len(check.explanation.splitlines()) > 3, f"{check.name} needs a page: its file's docstring"
    with pytest.raises(UnknownNameError, match="Did you mean"):
        find_check("proportion-intervall")


def test_a_claim_no_check_concerns_is_unchecked_with_its_reason():
    report = reanalyse(paper(estimate("c", "count", "49"), estimate("s", "difference", says="not-significant")))
    assert {one.claim: one.code for one in report.findings} == {"c": "TS000", "s": "TS000"}
    assert "a count alone" in report["c"].message and "without a figure" in report["s"].message
