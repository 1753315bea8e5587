"""Two-arm trials, and the analyses that papers print beside the plain values of their arms.

Patients have a covariate, a stratum, a cluster; some are lost, some leave the protocol. `ANALYSES` has, by outcome and
name, what estimates an effect from them, by statsmodels.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import statsmodels.api as sm
from benchmarks.check_rates import kaplan_meier
from scipy import special, stats
from statsmodels.duration.hazard_regression import PHReg
from statsmodels.duration.survfunc import survdiff

from trialstats.intervals.interval import FloatArray

IMPUTATIONS = 10
FEWEST = 3
"""Patients with the event, and without it, in either arm."""
MONTHS = 24.0
_WIDEST = 3.0
"""The largest standard error of a log ratio that anybody prints."""


@dataclass(frozen=True)
class Patients:
    """The patients of one trial, and what befell them."""

    group: FloatArray
    covariate: FloatArray
    stratum: FloatArray
    cluster: FloatArray
    kept: FloatArray
    """Whether they kept to the protocol."""
    y: FloatArray
    """The outcome: an event, a score, a number of events, or the time to an event."""
    exposure: FloatArray
    """Whether a time ends in the event; the years of a number of events."""
    lost: FloatArray
    """Whether the outcome is not known."""
    randomised: tuple[int, int]

    def some(self, keep: FloatArray) -> Patients:
        """Return a part of the patients of the same trial."""
        at = np.flatnonzero(keep)
        parts = ("group", "covariate", "stratum", "cluster", "kept", "y", "exposure", "lost")
        return replace(self, **{name: getattr(self, name)[at] for name in parts})

    def arms(self) -> tuple[Patients, Patients]:
        """Return the patients of either arm, the new treatment first."""
        return self.some(self.group > 0), self.some(self.group < 1)

    def design(self, *more: FloatArray) -> FloatArray:
        """Return a design matrix: a constant, the group, what else is given."""
        return np.column_stack([np.ones(len(self.group)), self.group, *more])


@dataclass(frozen=True)
class Effect:
    """What an analysis gives: an effect of a kind with its interval and P value."""

    measure: str
    value: float
    lower: float
    upper: float
    p: float


@dataclass(frozen=True)
class Analysis:
    """A way of estimating an effect, and the words by which papers name it."""

    estimate: Callable[[np.random.Generator, Patients], Effect]
    label: str = ""
    """Stands before the measure: "adjusted"."""
    methods: str = ""
    """A sentence of the methods."""
    clusters: bool = False
    """Whether clusters were randomised."""
    lost: float = 0.0
    """The largest share of patients without the outcome."""
    of_all: bool = False
    """Whether it takes in those without the outcome too; their plain values are never printed."""
    test: str = ""
    """What the P value is of, where that is not the model of the interval."""
    rounding: str = ""
    """The one rule of rounding; empty where any may be used."""
    plain: bool = False
    """Whether the estimate is the crude one, so that nothing calls it adjusted."""


# ------------------------------------------------------------------------------------------------------------- trials
def patients(rng: np.random.Generator, analysis: Analysis, outcome: str) -> Patients:
    """Draw a trial of 40 to 700 patients; covariate, strata and clusters bear on the outcome."""
    n = round(math.exp(rng.uniform(math.log(40), math.log(700))))
    share = rng.choice([1 / 2, 1 / 2, 1 / 2, 2 / 3])
    strata, levels = int(rng.choice([2, 2, 4])), rng.uniform(0, 0.8)
    stratum = rng.integers(strata, size=n).astype(float)
    if analysis.clusters:
        count = int(rng.integers(10, 41))
        cluster = rng.integers(count, size=n).astype(float)
        group = (rng.permutation(count) < share * count).astype(float)[cluster.astype(int)]
        own = rng.normal(size=count)[cluster.astype(int)] * rng.uniform(0.1, 0.6)
    else:
        cluster, own = np.arange(n, dtype=float), np.zeros(n)
        group = rng.permuted((np.arange(n) < share * n).astype(float))
    covariate, kept = rng.normal(size=n), (rng.random(n) < rng.uniform(0.8, 0.97)).astype(float)
    risk = own + covariate * rng.uniform(0, 1) + (stratum - stratum.mean()) * levels
    # Those who leave the protocol gain less.
    risk = risk + rng.normal(-0.4, 0.4) * group * np.where(kept > 0, 1, rng.uniform(0, 1))
    y, exposure = _OUTCOMES[outcome](rng, risk, n)
    sizes = (int(group.sum()), int(n - group.sum()))
    # The higher the covariate, the fewer outcomes are known.
    lost = rng.random(n) < (rng.uniform(0.02, analysis.lost) if analysis.lost else 0) * special.expit(covariate) * 2
    return Patients(group, covariate, stratum, cluster, kept, y, exposure, lost.astype(float), sizes)


def _event(rng: np.random.Generator, risk: FloatArray, n: int) -> tuple[FloatArray, FloatArray]:
    shares = special.expit(special.logit(rng.uniform(0.1, 0.8)) + risk)
    return (rng.random(n) < shares).astype(float), np.ones(n)


def _score(rng: np.random.Generator, risk: FloatArray, n: int) -> tuple[FloatArray, FloatArray]:
    return rng.uniform(20, 60) + rng.uniform(2, 15) * (risk + rng.normal(size=n)), np.ones(n)


def _events(rng: np.random.Generator, risk: FloatArray, n: int) -> tuple[FloatArray, FloatArray]:
    years, frailty = rng.uniform(0.3, 2, n), rng.gamma(2, 0.5, n) if rng.random() < 0.7 else np.ones(n)
    return rng.poisson(years * rng.uniform(0.3, 2) * frailty * np.exp(risk)).astype(float), years


def _time(rng: np.random.Generator, risk: FloatArray, n: int) -> tuple[FloatArray, FloatArray]:
    time = rng.exponential(size=n) ** (1 / rng.uniform(0.7, 1.6)) * rng.uniform(8, 30) * np.exp(-risk)
    end = np.minimum(rng.uniform(MONTHS, 2.5 * MONTHS, n), rng.exponential(20 * MONTHS, n))
    return np.minimum(time, end), (time <= end).astype(float)


_OUTCOMES = {"event": _event, "score": _score, "events": _events, "time": _time}


# ----------------------------------------------------------------------------------------------------------- analyses
def wald(measure: str, b: float, se: float, *, ratio: bool = True, freedom: float = math.inf) -> Effect:
    """Return an effect with its Wald interval and P value, by t where degrees of freedom are given."""
    if not (math.isfinite(b) and 0 < se < (_WIDEST if ratio else math.inf)):
        raise ArithmeticError("the model has no estimate")
    width = float(stats.t.ppf(0.975, freedom)) * se
    ends = [b, b - width, b + width]
    value, lower, upper = (math.exp(end) for end in ends) if ratio else ends
    return Effect(measure, value, lower, upper, float(2 * stats.t.sf(abs(b / se), freedom)))


def _table(one: Patients) -> FloatArray:
    first, second = one.arms()
    return np.array([[arm.y.sum(), len(arm.y) - arm.y.sum()] for arm in (first, second)])


def _crude_ratio(one: Patients, measure: str) -> Effect:
    table = sm.stats.Table2x2(_table(one))
    if measure == "odds ratio":
        return wald(measure, table.log_oddsratio, table.log_oddsratio_se)
    return wald(measure, table.log_riskratio, table.log_riskratio_se)


def _either(rng: np.random.Generator) -> str:
    return str(rng.choice(["odds ratio", "risk ratio"]))


def crude(test: str, measure: str = "") -> Callable[[np.random.Generator, Patients], Effect]:
    """Return what gives the crude ratio, or difference, with the P value of a test."""

    def estimate(rng: np.random.Generator, one: Patients) -> Effect:
        table = _table(one)
        p = {
            "fisher": lambda: stats.fisher_exact(table)[1],
            "pearson": lambda: stats.chi2_contingency(table, correction=False)[1],
            "yates": lambda: stats.chi2_contingency(table)[1],
            "likelihood-ratio": lambda: stats.chi2_contingency(table, correction=False, lambda_="log-likelihood")[1],
            "unpooled": lambda: _difference(one).p,
        }[test]()
        found = _difference(one) if measure == "difference" else _crude_ratio(one, measure or _either(rng))
        return replace(found, p=float(p))

    return estimate


def _difference(one: Patients) -> Effect:
    (a, b), (c, d) = _table(one)
    first, second = a / (a + b), c / (c + d)
    se = math.sqrt(first * (1 - first) / (a + b) + second * (1 - second) / (c + d))
    return wald("difference", first - second, se, ratio=False)


def _logistic(one: Patients, *more: FloatArray) -> tuple[float, float]:
    found = sm.Logit(one.y, one.design(*more)).fit(disp=0)
    return float(found.params[1]), float(found.bse[1])


def adjusted_odds(rng: np.random.Generator, one: Patients) -> Effect:
    """Return a logistic regression on group, covariate and strata."""
    return wald("odds ratio", *_logistic(one, one.covariate, one.stratum))


def adjusted_risk(rng: np.random.Generator, one: Patients) -> Effect:
    """Return a Poisson regression with a robust variance."""
    found = sm.GLM(one.y, one.design(one.covariate), family=sm.families.Poisson()).fit(cov_type="HC0")
    return wald("risk ratio", float(found.params[1]), float(found.bse[1]))


def standardised(rng: np.random.Generator, one: Patients) -> Effect:
    """Return the difference of risks that a logistic model gives, standardised to all patients."""
    found = sm.Logit(one.y, one.design(one.covariate)).fit(disp=0).get_margeff(dummy=True)
    return wald("difference", float(found.margeff[0]), float(found.margeff_se[0]), ratio=False)


def mantel_haenszel(rng: np.random.Generator, one: Patients) -> Effect:
    """Return a stratified ratio with the P value of Cochran, Mantel and Haenszel."""
    tables = [_table(one.some(one.stratum == level)) for level in np.unique(one.stratum)]
    found = sm.stats.StratifiedTable([table for table in tables if table.sum(axis=1).all()])
    p = float(found.test_null_odds(correction=bool(rng.random() < 0.5)).pvalue)
    if (measure := _either(rng)) == "odds ratio":
        return replace(wald(measure, found.logodds_pooled, found.logodds_pooled_se), p=p)
    ratio = _mantel_haenszel_risk(tables)
    return replace(wald("risk ratio", *ratio), p=p)


def _mantel_haenszel_risk(tables: list[FloatArray]) -> tuple[float, float]:
    """Return the log risk ratio and its standard error by Greenland and Robins."""
    over = under = variance = 0.0
    for (a, b), (c, d) in tables:
        n = a + b + c + d
        over, under = over + a * (c + d) / n, under + c * (a + b) / n
        variance += ((a + b) * (c + d) * (a + c) - a * c * n) / n**2
    return math.log(over / under), math.sqrt(variance / (over * under))


def clustered(rng: np.random.Generator, one: Patients) -> Effect:
    """Return generalized estimating equations of clusters."""
    family = sm.families.Binomial()
    found = sm.GEE(one.y, one.design(), groups=one.cluster, family=family, cov_struct=sm.cov_struct.Exchangeable())
    result = found.fit()
    return wald("odds ratio", float(result.params[1]), float(result.bse[1]))


def per_protocol(of: Callable[[np.random.Generator, Patients], Effect]) -> Callable[..., Effect]:
    """Return an analysis of those who kept to the protocol."""
    return lambda rng, one: of(rng, one.some(one.kept > 0))


def imputed_event(rng: np.random.Generator, one: Patients) -> Effect:
    """Return logistic regressions on data completed ten times, by Rubin's rules."""
    known = one.some(one.lost < 1)
    model = sm.Logit(known.y, known.design(known.covariate)).fit(disp=0)
    found = []
    for _ in range(IMPUTATIONS):
        draw = rng.multivariate_normal(model.params, model.cov_params())
        new = rng.random(len(one.y)) < special.expit(one.design(one.covariate) @ draw)
        found.append(_logistic(replace(one, y=np.where(one.lost > 0, new, one.y))))
    return wald("odds ratio", *_rubin(found))


def imputed_score(rng: np.random.Generator, one: Patients) -> Effect:
    """Return differences of means of data completed ten times, by Rubin's rules."""
    known = one.some(one.lost < 1)
    model = sm.OLS(known.y, known.design(known.covariate)).fit()
    found = []
    for _ in range(IMPUTATIONS):
        draw = rng.multivariate_normal(model.params, model.cov_params())
        new = one.design(one.covariate) @ draw + rng.normal(size=len(one.y)) * math.sqrt(model.scale)
        fit = sm.OLS(np.where(one.lost > 0, new, one.y), one.design()).fit()
        found.append((float(fit.params[1]), float(fit.bse[1])))
    return wald("difference", *_rubin(found), ratio=False)


def _rubin(found: list[tuple[float, float]]) -> tuple[float, float]:
    b, se = np.array(found).T
    return float(b.mean()), float(math.sqrt((se**2).mean() + (1 + 1 / len(b)) * b.var(ddof=1)))


def t_test(rng: np.random.Generator, one: Patients) -> Effect:
    """Return the difference of means with Student's or Welch's interval and P value."""
    first, second = (arm.y for arm in one.arms())
    found = stats.ttest_ind(first, second, equal_var=bool(rng.random() < 0.5))
    ends = found.confidence_interval()
    return Effect("difference", first.mean() - second.mean(), ends.low, ends.high, float(found.pvalue))


def rank_sum(rng: np.random.Generator, one: Patients) -> Effect:
    """Return the difference of means with the P value of ranks."""
    first, second = (arm.y for arm in one.arms())
    return replace(t_test(rng, one), p=float(stats.mannwhitneyu(first, second).pvalue))


def ancova(rng: np.random.Generator, one: Patients) -> Effect:
    """Return the difference of means adjusted for the covariate."""
    fit = sm.OLS(one.y, one.design(one.covariate)).fit()
    freedom = float(fit.df_resid)
    return wald("difference", float(fit.params[1]), float(fit.bse[1]), ratio=False, freedom=freedom)


def robust_means(rng: np.random.Generator, one: Patients) -> Effect:
    """Return the difference of means with a variance of clusters."""
    fit = sm.OLS(one.y, one.design()).fit(cov_type="cluster", cov_kwds={"groups": one.cluster})
    return wald("difference", float(fit.params[1]), float(fit.bse[1]), ratio=False)


def rate_ratio(kind: str) -> Callable[[np.random.Generator, Patients], Effect]:
    """Return what gives a ratio of rates: plain, with extra spread, by a negative binomial, or adjusted."""

    def estimate(rng: np.random.Generator, one: Patients) -> Effect:
        x = one.design(one.covariate) if kind == "adjusted" else one.design()
        offset = np.log(one.exposure)
        if kind == "negative-binomial":
            found = sm.NegativeBinomial(one.y, x, offset=offset).fit(disp=0)
        else:
            scale = "X2" if kind == "quasi" else None
            found = sm.GLM(one.y, x, family=sm.families.Poisson(), offset=offset).fit(scale=scale)
        return wald("rate ratio", float(found.params[1]), float(found.bse[1]))

    return estimate


def cox(
    *, adjusted: bool = False, strata: bool = False, clusters: bool = False, test: str = "wald"
) -> Callable[..., Effect]:
    """Return what gives a hazard ratio by Cox's model, with the P value of its own or of a log-rank test."""

    def estimate(rng: np.random.Generator, one: Patients) -> Effect:
        x = np.column_stack([one.group, *([one.covariate] if adjusted else [])])
        model = PHReg(one.y, x, status=one.exposure, strata=one.stratum if strata else None, ties="efron")
        fit = model.fit(groups=one.cluster) if clusters else model.fit()
        found = wald("hazard ratio", float(fit.params[0]), float(fit.bse[0]))
        if test == "wald":
            return found
        _, p = survdiff(one.y, one.exposure, one.group, strata=one.stratum if strata else None)
        return replace(found, p=float(p))

    return estimate


def curve(one: Patients) -> tuple[float, float]:
    """Return the median of the Kaplan-Meier curve and its value at a year; NaN where there is none."""
    at, values, _ = kaplan_meier(one.y, one.exposure)
    below = np.flatnonzero(values <= 0.5)
    before = np.searchsorted(at, MONTHS / 2, side="right")
    return (float(at[below[0]]) if len(below) else math.nan), (float(values[before - 1]) if before else 1.0)


_ADJUSTED = "Estimates were adjusted for baseline risk and centre."
_STRATIFIED = "Analyses were stratified by centre with the Cochran-Mantel-Haenszel method."
_CLUSTERS = "In this cluster-randomized trial we used generalized estimating equations."
_ROBUST = "In this cluster-randomized trial standard errors were robust to clustering."
_IMPUTED = "Missing outcomes were replaced by multiple imputation."
ROUNDINGS = ("half-even", "half-up", "truncated")

ANALYSES: Mapping[str, Mapping[str, Analysis]] = {
    "event": {
        **{f"crude, {one}": Analysis(crude("pearson"), rounding=one, plain=True) for one in ROUNDINGS},
        **{f"crude, P by {one}": Analysis(crude(one), plain=True)
           for one in ("fisher", "yates", "likelihood-ratio", "unpooled")},
        "crude difference": Analysis(crude("pearson", "difference"), plain=True),
        "logistic regression, adjusted": Analysis(adjusted_odds, "adjusted", _ADJUSTED),
        "Poisson regression with robust variance, adjusted": Analysis(adjusted_risk, "adjusted", _ADJUSTED),
        "difference standardised by a model": Analysis(standardised, "adjusted", _ADJUSTED),
        "Mantel-Haenszel, stratified": Analysis(mantel_haenszel, "stratified", _STRATIFIED),
        "clusters, GEE": Analysis(clustered, "", _CLUSTERS, clusters=True),
        "multiple imputation": Analysis(imputed_event, "", _IMPUTED, lost=0.25, of_all=True),
        "patients missing": Analysis(crude("pearson"), lost=0.12, plain=True),
        "per protocol beside all": Analysis(per_protocol(crude("pearson")), "per-protocol"),
    },
    "score": {
        **{f"t test, {one}": Analysis(t_test, rounding=one, plain=True) for one in ROUNDINGS},
        "P by ranks": Analysis(
            rank_sum, "", "P values are from Wilcoxon rank-sum tests.", test="Wilcoxon rank-sum test", plain=True),
        "analysis of covariance": Analysis(ancova, "adjusted", _ADJUSTED),
        "clusters, robust": Analysis(robust_means, "", _ROBUST, clusters=True),
        "multiple imputation": Analysis(imputed_score, "", _IMPUTED, lost=0.25, of_all=True),
        "patients missing": Analysis(t_test, lost=0.12, plain=True),
        "per protocol beside all": Analysis(per_protocol(t_test), "per-protocol"),
    },
    "events": {
        **{f"Poisson, {one}": Analysis(rate_ratio("plain"), rounding=one, plain=True) for one in ROUNDINGS},
        "Poisson with extra spread": Analysis(rate_ratio("quasi"), "", "Variances were corrected for overdispersion."),
        "negative binomial": Analysis(rate_ratio("negative-binomial"), "", "We used negative binomial regression."),
        "Poisson, adjusted": Analysis(rate_ratio("adjusted"), "adjusted", _ADJUSTED),
    },
    "time": {
        **{f"Cox, {one}": Analysis(cox(), rounding=one, plain=True) for one in ROUNDINGS},
        "Cox, P by log-rank": Analysis(cox(test="log-rank"), plain=True),
        "Cox, adjusted": Analysis(cox(adjusted=True), "adjusted", _ADJUSTED),
        "Cox and log-rank, stratified": Analysis(cox(strata=True, test="log-rank"), "stratified",
                                                 "Analyses were stratified by centre."),
        "Cox, P by stratified log-rank": Analysis(
            lambda rng, one: replace(cox()(rng, one), p=cox(strata=True, test="log-rank")(rng, one).p),
            "", "P values are from stratified log-rank tests.", test="stratified log-rank test", plain=True),
        "clusters, robust": Analysis(cox(clusters=True), "", _ROBUST, clusters=True),
        "per protocol beside all": Analysis(per_protocol(cox()), "per-protocol"),
    },
}  # fmt: skip


def analysed(rng: np.random.Generator, outcome: str, analysis: Analysis) -> tuple[Patients, Patients, Effect]:
    """Return a trial: all patients, those whose values are printed, and the effect; drawn again where there is none."""
    while True:
        everyone = patients(rng, analysis, outcome)
        shown = everyone.some(everyone.lost < 1) if analysis.lost else everyone
        if not _enough(shown, outcome):
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                effect = analysis.estimate(rng, everyone if analysis.of_all else shown)
            except (ArithmeticError, np.linalg.LinAlgError, ValueError, sm.tools.sm_exceptions.PerfectSeparationError):
                continue
        if all(map(math.isfinite, (effect.value, effect.lower, effect.upper, effect.p))):
            return everyone, shown, effect


def _enough(one: Patients, outcome: str) -> bool:
    kept = one.some(one.kept > 0)
    for arm in (*one.arms(), *kept.arms()):
        events = (arm.exposure if outcome == "time" else arm.y).sum()
        if len(arm.y) < 2 * FEWEST or (outcome != "score" and events < FEWEST):
            return False
        if outcome == "event" and len(arm.y) - events < FEWEST:
            return False
    return True
