"""A made-up report with every verdict, awkward text and awkward numbers in it."""

import math

import pytest

from trialstats.claims.model import Place
from trialstats.explanations import Block, Explanation, Explanations
from trialstats.findings import Coverage, Finding, Nearest, PaperConvention, TrialFindings, Verdict
from trialstats.report import Report

ALONE = "We did not check this: a count alone has nothing to agree with."
SHA = "0123456789abcdef" * 4
NASTY = "<script>alert('x')</script> & 50% of $A_1$ #1 {x} ~ ^ \\ `tick` | *star* [link](y)"


def explained() -> Explanations:
    ones = [
        Explanation(
            cost=3.0 + i, ordinary=False, allowed="stated", x=8, n=32, method="clopper-pearson", rounding="twice",
            level=0.95, lower=0.1146, upper=0.4340, estimate=0.25,
        )
        for i in range(7)
    ]  # fmt: skip
    return Explanations(lambda: [Block.single(one) for one in ones], chance=lambda: 0.125)


def ratio() -> Explanations:
    one = Explanation(
        cost=1.0, method="wald", rounding="nearest", level=0.95, scale="log", centre=(-0.62, -0.61),
        se=(0.2, math.inf), effective_n=(102.0, 104.5), p=math.nan, readings=("a", "b"),
    )  # fmt: skip
    return Explanations(lambda: [Block.single(one)])


def finding(claim: str = "orr.paclitaxel", verdict: Verdict = Verdict.REPRODUCED, **more) -> Finding:
    return Finding(
        **{
            "claim": claim,
            "check": "proportion-interval",
            "code": "TS104",
            "verdict": verdict,
            "message": "The printed numbers are those of 8 of 32.",
        }
        | more
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


def order(claim: str, verdict: Verdict = Verdict.REPRODUCED) -> Finding:
    return finding(claim, verdict, check="order", code="TS101", message="The bounds stand in order.")


@pytest.fixture
def report() -> Report:
    numbers = {"estimate": "25%", "lower": "12%", "upper": "43%"}
    first = (
        finding(
            verdict=Verdict.EXPLAINED, explanations=explained(), reported=numbers, recomputed=numbers,
            how="8 of 32, Clopper-Pearson, rounded twice", assumes=("independent patients",), where=Place("results"),
            searched={"methods": {"wald", "clopper-pearson"}, "n": (1, math.inf)},
            under={"fits": True, "predicted": True},
        ),
        order("orr.paclitaxel"),
        finding(
            "pfs-hr", Verdict.CONSISTENT, check="ratio-interval", code="TS201", explanations=ratio(),
            reported={"estimate": "0.54", "lower": "0.37", "upper": "0.79", "p": "<.001"},
            recomputed={"p": "0.0011 to 0.0018"}, how="Wald on the log scale, SE 0.186 to 0.200",
        ),
        finding(
            "pfs-hr", Verdict.INCONSISTENT, check="ratio-p", code="TS202", others=("pfs-median", "os"),
            message="Nothing in the catalogue prints this P value beside this interval.", expected="inconsistent",
            nearest=Nearest(Explanation(cost=math.inf, test="wald", sided=2, p=0.0012), {"p": "0.001"}, 1.5),
            reported={"p": "<.001"},
        ),
        order("pfs-hr"),
        order("lonely"),
        finding(NASTY, Verdict.INCONSISTENT, message=NASTY, how=NASTY, reported={"estimate": NASTY}),
        finding("centres", Verdict.UNCHECKED, check="uncheckable", code="TS001", message=ALONE,
                reported={"estimate": "28"}),
        finding("follow-up", Verdict.UNCHECKED, check="uncheckable", code="TS001",
                message=ALONE, reported={"estimate": "38.9", "unit": "months"}),
    )  # fmt: skip
    second = (finding("orr.paclitaxel"), finding("age"))
    return Report((trial_findings("alienor", first), trial_findings("lms03", second, title=None, source=None)))
