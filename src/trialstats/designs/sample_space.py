"""All outcomes of a two-stage trial, their probabilities, and the ways to order them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import comb
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special

from trialstats.designs.binomial_terms import binomial_pmf
from trialstats.designs.two_stage import TwoStageDesign
from trialstats.errors import InputError
from trialstats.intervals.binomial.tails import log_odds
from trialstats.intervals.interval import FloatArray
from trialstats.intervals.roots import newton_roots

TWO_STAGE_ORDERINGS: Mapping[str, str] = MappingProxyType(
    {
        "stagewise": "stops for futility, then second-stage outcomes, then stops for efficacy; each by responses "
        "(Jennison and Turnbull 1983)",
        "responses": "by number of responses, whatever the number of patients (Atkinson and Brown 1985)",
        "mle": "by share of responses",
        "umvue": "by the unbiased estimate (Jung, Owzar, George and Lee 2006)",
    }
)
"""The menu: name of an ordering of the sample space -> its meaning in one line; read-only."""


@dataclass(frozen=True, slots=True, eq=False)
class SampleSpace:
    """The outcomes (stage at which the trial stops, responses in all) of a two-stage design."""

    design: TwoStageDesign
    stage: NDArray[np.int64]
    responses: FloatArray
    patients: FloatArray
    """One entry per outcome, as of `stage` and `responses`."""
    share: FloatArray
    """Of all ways to place the responses among the patients, the share that the design lets reach this outcome."""
    umvue: tuple[Fraction, ...]
    umvcue: tuple[Fraction | None, ...]
    """Unbiased estimates, exact; the second is unbiased given that the second stage was reached, and None without
    it."""

    @property
    def plain(self) -> FloatArray:
        """Share of responses of each outcome."""
        return self.responses / self.patients

    def probabilities(self, p: Any, q: Any = None) -> FloatArray:
        """Probability of every outcome (last axis) at each true rate; `q` is 1 - p, given where p is near 1."""
        p = np.asarray(p, dtype=np.float64)
        q = 1.0 - p if q is None else np.asarray(q)
        return self.share * binomial_pmf(self.responses, self.patients, p[..., None], q[..., None])

    def index(self, responses: int, stage: int | None) -> int:
        """Position of an outcome; refused if the design cannot end so, or could at either stage and none is given."""
        found = np.flatnonzero((self.responses == responses) & (True if stage is None else self.stage == stage))
        if found.size == 0:
            where = "" if stage is None else f" at stage {stage}"
            raise InputError(f"The design {self.design} cannot end{where} with {responses!r} responses.")
        if found.size > 1:
            raise InputError(f"{self.design} can end with {responses} responses at either stage; give stage.")
        return int(found[0])

    def ranks(self, ordering: str) -> NDArray[np.int64]:
        """Rank of every outcome, the same where an ordering holds two equal; higher speaks for a higher rate."""
        keys: list[Any]
        if ordering == "stagewise":
            # responses put futility stops below the second stage already; early efficacy goes above it
            early = (self.stage == 1) & (self.responses > self.design.r1)
            keys = list(zip(early.tolist(), self.responses.tolist(), strict=True))
        elif ordering == "responses":
            keys = self.responses.tolist()
        elif ordering == "mle":
            keys = [Fraction(int(s), int(n)) for s, n in zip(self.responses, self.patients, strict=True)]
        else:
            keys = list(self.umvue)
        place = {key: rank for rank, key in enumerate(sorted(set(keys)))}
        return np.array([place[key] for key in keys], dtype=np.int64)

    def crossing(self, weights: FloatArray, target: FloatArray, *, rising: bool) -> FloatArray:
        """Rate at which each expectation over the outcomes (a row of ``weights``) meets its target.

        Where an expectation does not rise (or fall) everywhere with the rate, the first crossing of a rising and the
        last of a falling one is returned: the interval between them is the widest. It is 0 for a rising expectation
        above its target at 0, 1 for a falling one above it at 1, and NaN for one that is above it nowhere.
        """
        grid, probabilities = _grid(self.design)
        above = probabilities @ weights.T > target  # grid x rows
        if not rising:
            above = above[::-1]
        end = 0.0 if rising else 1.0
        found = np.where(above[0], end, np.nan)
        rows = np.flatnonzero(~above[0] & above.any(axis=0))
        weights, target = weights[rows], target[rows]
        cell = np.argmax(above[:, rows], axis=0)
        near, far = grid[cell - 1], grid[cell]
        low, high = (near, far) if rising else (1.0 - far, 1.0 - near)
        sign = 1.0 if rising else -1.0

        def equation(t: FloatArray, row: FloatArray) -> tuple[FloatArray, FloatArray]:
            i = row.astype(np.int64)
            p, q = special.expit(t), special.expit(-t)
            terms = weights[i] * self.probabilities(p, q)
            # on log odds the score of an outcome is responses less patients times rate
            slope = terms * (self.responses * q[:, None] - (self.patients - self.responses) * p[:, None])
            return sign * (terms.sum(axis=1) - target[i]), sign * slope.sum(axis=1)

        start, left, right = (log_odds(ends) for ends in ((low + high) / 2.0, low, high))
        found[rows] = special.expit(newton_roots(equation, start, left, right, np.arange(float(len(rows)))))
        return found


@lru_cache(maxsize=64)
def sample_space(design: TwoStageDesign) -> SampleSpace:
    """Return the sample space of a design.

    References
    ----------
    .. [1] Jung SH, Kim KM. On the estimation of the binomial probability in multistage clinical trials. Stat Med
       2004;23:881-96.
    .. [2] Girshick MA, Mosteller F, Savage LJ. Unbiased estimates for certain binomial sampling problems with
       applications. Ann Math Stat 1946;17:13-23.
    .. [3] Pepe MS, Feng Z, Longton G, Koopmeiners J. Conditional estimation of sensitivity and specificity from a
       phase 2 biomarker study allowing early termination for futility. Stat Med 2009;28:762-79.
    """
    n1, n2, n, go_on = design.n1, design.n2, design.n, design.continuing
    stops = [s for s in range(n1 + 1) if s not in go_on]
    stage, responses, patients = [1] * len(stops), list(stops), [n1] * len(stops)
    share = [1.0] * len(stops)
    umvue = [Fraction(s, n1) for s in stops]
    umvcue: list[Fraction | None] = [None] * len(stops)
    first, second = [comb(n1, k) for k in range(n1 + 1)], [comb(n2, k) for k in range(n2 + 1)]
    for s in range(go_on.start, go_on.stop + n2):
        ways = before = 0
        for x1 in range(max(go_on.start, s - n2), min(go_on.stop - 1, s) + 1):
            some = first[x1] * second[s - x1]
            ways += some
            before += some * x1
        stage.append(2)
        responses.append(s)
        patients.append(n)
        share.append(ways / comb(n, s))
        # expected share of responses among the first, and among the second, given their sum
        umvue.append(Fraction(before, ways * n1))
        umvcue.append(Fraction(s * ways - before, ways * n2))
    return SampleSpace(
        design,
        np.array(stage, dtype=np.int64),
        np.array(responses, dtype=np.float64),
        np.array(patients, dtype=np.float64),
        np.array(share),
        tuple(umvue),
        tuple(umvcue),
    )


@lru_cache(maxsize=64)
def _grid(design: TwoStageDesign) -> tuple[FloatArray, FloatArray]:
    """Rates between which crossings are bracketed, and the probabilities of every outcome there."""
    grid = np.linspace(0.0, 1.0, 513)
    return grid, sample_space(design).probabilities(grid)
