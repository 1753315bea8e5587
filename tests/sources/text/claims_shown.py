"""What is read of a text, one short line for each claim."""

from trialstats.claims.model import Comparison, Estimate
from trialstats.sources.text.reading import extract

SHORT = {"hazard-ratio": "HR", "odds-ratio": "OR", "risk-ratio": "RR", "posterior-probability": "posterior"}


def p_text(p):
    return "" if p is None else f" P{p.value.relation}{p.value.digits}"


def number(value):
    return "-" if value is None else "NE" if value.is_missing else value.digits


def shown(paper):
    """One short line for each interval, ratio, count, comparison of printed values and posterior of a paper."""
    by_id = {claim.id: claim for claim in paper.claims}
    compared = {name for claim in paper.claims if isinstance(claim, Comparison) for name in claim.of}
    lines = []
    for claim in paper.claims:
        if isinstance(claim, Comparison):
            if not claim.of:
                continue
            lines.append(" v ".join(number(by_id[name].value) for name in claim.of) + p_text(claim.p))
            continue
        assert isinstance(claim, Estimate)
        spread = claim.interval
        counted = "" if claim.x is None else f" {number(claim.x)}/{number(claim.n)}"
        if spread is not None:
            level = "" if spread.level is None else f" {spread.level.digits}"
            level = f" ({level.strip()})" if "level" in claim.inferred else level
            kind = "" if spread.kind == "confidence" else f" {spread.kind}"
            name = SHORT.get(claim.measure, claim.measure)
            bounds = f"[{number(spread.lower)}, {number(spread.upper)}]"
            lines.append(f"{name} {number(claim.value)} {bounds}{level}{kind}{p_text(claim.p)}{counted}")
        elif claim.measure == "posterior-probability":
            lines.append(
                f"posterior {'' if claim.value.relation == '=' else claim.value.relation}{number(claim.value)}"
            )
        elif claim.x is not None and claim.measure == "proportion":
            relation = "" if claim.value.relation == "=" else claim.value.relation
            lines.append(f"{relation}{number(claim.value)}%{counted}")
        elif claim.measure in SHORT and claim.id not in compared:
            lines.append(f"{claim.measure} {number(claim.value)}")
    return lines


def told(text):
    """Return for each claim of a text its number, its outcome and its time."""
    claims = extract(text).claims
    return [("P" if isinstance(one, Comparison) else one.value.digits, one.outcome, one.time) for one in claims]


def outcomes(text):
    """Return the outcome of each claim of a text."""
    return [outcome for _, outcome, _ in told(text)]
