"""PyMC models of two or more binomial arms: conjugate, hierarchical, and with historical controls.

The variable ``rate`` has one entry per arm, along the dimension ``arm``.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trialstats.bayes.extra import needed
from trialstats.errors import InputError
from trialstats.intervals.beta import Beta
from trialstats.intervals.beta_mixture import BetaMixture

if TYPE_CHECKING:
    import pymc as pm

_UNIFORM = (1.0, 1.0)


@dataclass(frozen=True, slots=True)
class ArmCounts:
    """The data of one arm and its Beta prior.

    Attributes
    ----------
    x, n : int
        Responses among patients.
    prior : (float, float)
        Parameters; by default uniform. 0 is allowed where the posterior is proper.

    Raises
    ------
    InputError
        If x is not a count of n, or the posterior is improper.
    """

    x: int
    n: int
    prior: tuple[float, float] = _UNIFORM

    def __post_init__(self) -> None:
        if not (0 <= self.x <= self.n and self.n >= 1):
            raise InputError(f"x must be a count from 0 to n, and n at least 1, got x = {self.x} and n = {self.n}.")
        a, b = self.prior
        finite = math.isfinite(a) and math.isfinite(b)
        if not (finite and a >= 0 and b >= 0 and self.x + a > 0 and self.n - self.x + b > 0):
            raise InputError(f"The prior's parameters must give a proper posterior, got Beta({a:g}, {b:g}).")

    @property
    def posterior(self) -> Beta:
        """The exact posterior."""
        return Beta(self.x + self.prior[0], self.n - self.x + self.prior[1])


def exact_posteriors(arms: Mapping[str, ArmCounts]) -> dict[str, Beta]:
    """Return the exact posterior of each arm of a conjugate model.

    Parameters
    ----------
    arms : mapping of str to ArmCounts

    Examples
    --------
    >>> exact_posteriors({"new": ArmCounts(20, 27)})
    {'new': Beta(a=21.0, b=8.0)}
    """
    return {name: arm.posterior for name, arm in arms.items()}


def power_prior(x: int, n: int, weight: float, prior: tuple[float, float] = _UNIFORM) -> tuple[float, float]:
    """Return the prior that historical counts give when each patient counts for a share of one.

    Parameters
    ----------
    x, n : int
        Responses among the historical patients.
    weight : float
        From 0 (ignored) to 1 (pooled).
    prior : (float, float)
        Before the historical patients; by default uniform.

    Returns
    -------
    (float, float)

    Raises
    ------
    InputError
        If the weight is not between 0 and 1, or x is not a count of n.

    References
    ----------
    .. [1] Ibrahim JG, Chen MH. Power prior distributions for regression models. Stat Sci 2000;15:46-60. Equation 2.

    Examples
    --------
    >>> power_prior(10, 40, 0.5)
    (6.0, 16.0)
    """
    if not 0 <= weight <= 1:
        raise InputError(f"The weight of historical patients must lie between 0 and 1, got {weight!r}.")
    history = ArmCounts(x, n, (1.0, 1.0))
    return prior[0] + weight * history.x, prior[1] + weight * (history.n - history.x)


def conjugate_model(arms: Mapping[str, ArmCounts]) -> pm.Model:
    """Return the model of independent arms, each binomial with a Beta prior.

    Parameters
    ----------
    arms : mapping of str to ArmCounts
        With a prior from `power_prior` it is the historical-control model.

    Returns
    -------
    pymc.Model
        With the variable ``rate``. An arm with an improper prior enters by its posterior.

    Raises
    ------
    InputError
        If there is no arm.
    TrialstatsError
        If PyMC is not installed.

    References
    ----------
    .. [1] Gelman A, Carlin JB, Stern HS, Dunson DB, Vehtari A, Rubin DB. Bayesian Data Analysis. 3rd ed. CRC; 2013.
    """
    pm = needed("pymc")
    names, counts = _columns(arms)
    proper = [all(parameter > 0 for parameter in arm.prior) for arm in counts]
    # With an improper prior the posterior itself is the start, and no data are left to add.
    a = [arm.prior[0] if ok else arm.posterior.a for arm, ok in zip(counts, proper, strict=True)]
    b = [arm.prior[1] if ok else arm.posterior.b for arm, ok in zip(counts, proper, strict=True)]
    with pm.Model(coords={"arm": names}) as model:
        rate = pm.Beta("rate", a, b, dims="arm")
        n = [arm.n if ok else 0 for arm, ok in zip(counts, proper, strict=True)]
        x = [arm.x if ok else 0 for arm, ok in zip(counts, proper, strict=True)]
        pm.Binomial("responses", n=n, p=rate, observed=x, dims="arm")
    return model


def hierarchical_model(
    arms: Mapping[str, ArmCounts], *, mean: tuple[float, float] = _UNIFORM, size: tuple[float, float] = (2.0, 0.1)
) -> pm.Model:
    """Return the model of exchangeable arms: rates from one Beta whose mean and size are learnt.

    Strata, baskets or historical trials borrow from each other as much as they agree.

    Parameters
    ----------
    arms : mapping of str to ArmCounts
        Their own priors are not used.
    mean : (float, float)
        Beta prior of the common mean.
    size : (float, float)
        Shape and rate of the Gamma prior of a + b, the patients that the other arms are worth to one.

    Returns
    -------
    pymc.Model
        With the variables ``rate``, ``mean`` and ``size``.

    Raises
    ------
    InputError
        If there is no arm.
    TrialstatsError
        If PyMC is not installed.

    References
    ----------
    .. [1] Gelman A, Carlin JB, Stern HS, Dunson DB, Vehtari A, Rubin DB. Bayesian Data Analysis. 3rd ed. CRC; 2013.
    """
    pm = needed("pymc")
    names, counts = _columns(arms)
    with pm.Model(coords={"arm": names}) as model:
        common = pm.Beta("mean", *mean)
        worth = pm.Gamma("size", alpha=size[0], beta=size[1])
        rate = pm.Beta("rate", common * worth, (1.0 - common) * worth, dims="arm")
        pm.Binomial("responses", n=[arm.n for arm in counts], p=rate, observed=[arm.x for arm in counts], dims="arm")
    return model


def robust_model(arms: Mapping[str, ArmCounts], history: Mapping[str, BetaMixture]) -> pm.Model:
    """Return the model in which some arms have a mixture prior: a robust meta-analytic-predictive one.

    Parameters
    ----------
    arms : mapping of str to ArmCounts
    history : mapping of str to BetaMixture
        Prior of each arm that has historical data, in place of its own.

    Returns
    -------
    pymc.Model
        With the variable ``rate``.

    Raises
    ------
    InputError
        If there is no arm, or a history is not of one of them.
    TrialstatsError
        If PyMC is not installed.

    References
    ----------
    .. [1] Schmidli H, Gsteiger S, Roychoudhury S, O'Hagan A, Spiegelhalter D, Neuenschwander B. Robust
       meta-analytic-predictive priors in clinical trials with historical control information. Biometrics
       2014;70:1023-32.
    """
    pm = needed("pymc")
    names, counts = _columns(arms)
    unknown = set(history) - set(names)
    if unknown:
        raise InputError(f"History is given for {sorted(unknown)}, but the arms are {names}.")
    with pm.Model(coords={"arm": names}) as model:
        rates = []
        for name, arm in zip(names, counts, strict=True):
            if name in history:
                mixture = history[name]
                parts = pm.Beta.dist(mixture.components.a, mixture.components.b)
                rates.append(pm.Mixture(f"rate {name}", w=mixture.weights, comp_dists=parts))
            else:
                rates.append(pm.Beta(f"rate {name}", *arm.prior))
        rate = pm.Deterministic("rate", pm.math.stack(rates), dims="arm")
        pm.Binomial("responses", n=[arm.n for arm in counts], p=rate, observed=[arm.x for arm in counts], dims="arm")
    return model


def sample(
    model: pm.Model, *, draws: int = 2000, tune: int = 1000, chains: int = 4, seed: int = 20200712, **options: Any
) -> Any:
    """Sample a model, one chain after the other, reproducibly.

    Parameters
    ----------
    model : pymc.Model
    draws, tune, chains : int
        As PyMC takes them.
    seed : int
        Of the random numbers.
    **options
        Further arguments of ``pymc.sample``.

    Returns
    -------
    arviz.InferenceData or xarray.DataTree
        What PyMC's own ``sample`` returns with the ArviZ that is installed.

    Raises
    ------
    TrialstatsError
        If PyMC is not installed.
    """
    pm = needed("pymc")
    logger = logging.getLogger("pymc")
    level = logger.level
    given = {"cores": 1, "progressbar": False, "compute_convergence_checks": False, "target_accept": 0.9} | options
    try:
        logger.setLevel(logging.ERROR)  # what it tells of its progress is no part of a report
        with model:
            return pm.sample(draws=draws, tune=tune, chains=chains, random_seed=seed, **given)
    finally:
        logger.setLevel(level)


def _columns(arms: Mapping[str, ArmCounts]) -> tuple[list[str], list[ArmCounts]]:
    if not arms:
        raise InputError("A model needs at least one arm.")
    return list(arms), list(arms.values())
