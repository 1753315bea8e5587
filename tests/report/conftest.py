"""A made-up report with every verdict, awkward text and awkward numbers in it."""

import math
from dataclasses import fields

import pytest

from trialstats.catalogue import Convention
from trialstats.claims.model import Place
from trialstats.explanations import Counts, Explanation, Explanations, Known, SurvivalRate
from trialstats.findings import Coverage, Details, Finding, Nearest, PaperConvention, TrialFindings, Under, Verdict
from trialstats.report import Report

ALONE = {"sentence": "We did not check this", "reason": "a count alone has nothing to agree with"}
SHA = "0123456789abcdef" * 4
NASTY = "<script>alert('x')</script> & 50% of $A_1$ #1 {x} ~ ^ \\ `tick` | *star* [link](y)"


class WithChance(Known):
    def chance(self) -> float:
        return 0.125


def explained() -> Explanations:
    ones = [
        Explanation(
            Counts(8, 32),
            Convention(method="clopper-pearson", rounding="twice", level=0.95, allowed="stated", cost=3.0 + i,
                       ordinary=False),
            estimate=0.25, lower=0.1146, upper=0.4340,
        )
        for i in range(7)
    ]  # fmt: skip
    return Explanations(WithChance(tuple(ones)))


def ratio() -> Explanations:
    witness = SurvivalRate((-0.62, -0.61), (0.2, math.inf), (102.0, 104.5), ("a", "b"))
    convention = Convention(method="wald", rounding="nearest", level=0.95, scale="log", cost=1.0)
    return Explanations.of([Explanation(witness, convention, p=math.nan)])


DETAILS = {field.name for field in fields(Details)}


def finding(claim: str = "orr.paclitaxel", verdict: Verdict = Verdict.REPRODUCED, **more) -> Finding:
    said = {"sentence": "The printed numbers are those of 8 of 32."} | more
    return Finding(
        **{"claim": claim, "check": "proportion-interval", "code": "TS104", "verdict": verdict}
        | {name: value for name, value in more.items() if name not in DETAILS},
        details=Details(**{name: value for name, value in said.items() if name in DETAILS}),
    )


def trial_findings(trial: str = "alienor", findings: tuple[Finding, ...] = (), **more) -> TrialFindings:
    return TrialFindings(
        **{
            "trial": trial,
            "title": "ALIENOR/ENGOT-ov7",
            "sha256": SHA,
            "source": f"seeds/{trial}.toml",
            "findings": findings,
            "convention": PaperConvention(
                rounding={"percentages": "twice", "ratios": "nearest"},
                binomial_method="clopper-pearson",
                denominators={"paclitaxel": {"randomised": 32}, "combination": {"treated": 27}},
                prior="uniform",
                posterior_point="mean",
                p_sided=2,
                evidence={"bits": math.inf, "claims": ("a", "b")},
            ),
            "coverage": Coverage(9, 7, 2),
            "catalogue": "1",
        }
        | more
    )


@pytest.fixture
def report() -> Report:
    numbers = {"estimate": "25%", "lower": "12%", "upper": "43%"}
    first = (
        finding(
            verdict=Verdict.EXPLAINED, explanations=explained(), reported=numbers, recomputed=numbers,
            how="8 of 32, Clopper-Pearson, rounded twice", assumes=("independent patients",), where=Place("results"),
            searched={"methods": {"wald", "clopper-pearson"}, "n": (1, math.inf)},
            under=Under(True, True),
        ),
        finding("orr.paclitaxel", check="percent-count", code="TS103", sentence="8 of 32 is 25%, as printed."),
        finding(
            "pfs-hr", Verdict.CONSISTENT, check="ratio-interval", code="TS201", explanations=ratio(),
            reported={"estimate": "0.54", "lower": "0.37", "upper": "0.79", "p": "<.001"},
            recomputed={"p": "0.0011 to 0.0018"}, how="Wald on the log scale, SE 0.186 to 0.200",
        ),
        finding(
            "pfs-hr", Verdict.INCONSISTENT, check="ratio-p", code="TS202", others=("pfs-median", "os"),
            sentence="Nothing in the catalogue prints this P value beside this interval.", expected="inconsistent",
            nearest=Nearest(
                Explanation(None, Convention(test="wald", sided=2, cost=math.inf), p=0.0012), {"p": "0.001"}, 1.5
            ),
            reported={"p": "<.001"},
        ),
        finding("lonely", check="totals", code="TS102"),
        finding("os-hr", Verdict.STRAINED, check="ratio-p", code="TS202", reported={"p": ".03"},
                sentence="Only two unusual choices together print this P value."),
        finding("nausea", Verdict.UNCHECKED, check="percent-count", code="TS103", look=True,
                reported={"estimate": "53%", "x": "17", "n": "33"},
                where=Place(start=3, end=9, quote="17 (53%)\nof 33"),
                sentence="Please look at 17/33 (53%)", reason="our reading of the text is uncertain here",
                more="As we read it: 17 of 33 is 51.5%."),
        finding(NASTY, Verdict.INCONSISTENT, sentence=NASTY, how=NASTY, reported={"estimate": NASTY}),
        finding("centres", Verdict.UNCHECKED, check="uncheckable", code="TS001", **ALONE,
                reported={"estimate": "28"}),
        finding("follow-up", Verdict.UNCHECKED, check="uncheckable", code="TS001",
                **ALONE, reported={"estimate": "38.9", "unit": "months"}),
    )  # fmt: skip
    second = (finding("orr.paclitaxel"), finding("age"))
    return Report((trial_findings("alienor", first), trial_findings("lms03", second, title=None, source=None)))
