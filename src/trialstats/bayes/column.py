"""The column of a report in which every posterior is recomputed by Markov chains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from trialstats.bayes.draws import posterior_draws
from trialstats.bayes.models import ArmCounts, conjugate_model, sample
from trialstats.bayes.sampled_and_exact import Agreement, AgreementRow, agreement
from trialstats.explanations import Explanation
from trialstats.findings import Finding, TrialFindings

_SUMMARY, _SUPERIORITY = "posterior-summary", "posterior-superiority"


@dataclass(frozen=True, slots=True)
class McmcCell:
    """One claim, recomputed by Markov chains.

    Attributes
    ----------
    text : str
        The sampled numbers, in per cent.
    agreement : Agreement
        With the exact posterior.
    """

    text: str
    agreement: Agreement

    def __str__(self) -> str:
        rows, rhat = self.agreement.rows, self.agreement.rhat
        return (
            f"{self.text} (MCMC: largest z-score {self.agreement.largest_z:.1f}, R-hat at most "
            f"{max(rhat.values()):.3f}, at least {min(row.size for row in rows):,.0f} effective draws)"
        )


def mcmc_column(
    findings: Iterable[Finding] | TrialFindings, *, draws: int = 2000, chains: int = 4, seed: int = 20200712
) -> dict[tuple[str, str], McmcCell]:
    """Recompute by PyMC every finding that rests on Beta posteriors, under its cheapest explanation.

    Parameters
    ----------
    findings : iterable of Finding, or TrialFindings
        Of one trial; those that are not about posteriors are passed over.
    draws, chains, seed : int
        As `sample` takes them. All posteriors are sampled in one run.

    Returns
    -------
    dict of (str, str) to McmcCell
        By claim and check; empty, and PyMC not asked for, where no finding rests on posteriors.

    Raises
    ------
    TrialstatsError
        If there is something to sample and PyMC is not installed.
    """
    listed = findings.findings if isinstance(findings, TrialFindings) else tuple(findings)
    judged = [
        (one, one.explanations[0])
        for one in listed
        if one.check in (_SUMMARY, _SUPERIORITY) and one.explanations and _arms(one.explanations[0])
    ]
    arms: dict[str, ArmCounts] = {}
    names: list[tuple[str, ...]] = []
    for finding, best in judged:
        labels = tuple(f"{finding.claim} {finding.check} {k}" for k, _ in enumerate(_arms(best)))
        arms.update(zip(labels, _arms(best), strict=True))
        names.append(labels)
    if not arms:
        return {}
    container = sample(conjugate_model(arms), draws=draws, chains=chains, seed=seed)
    sampled = posterior_draws(container)
    cells = {}
    for (finding, best), labels in zip(judged, names, strict=True):
        pairs = [(labels[0], labels[1])] if len(labels) == 2 else []
        compared = agreement(
            container, {label: arms[label].posterior for label in labels}, level=best.level or 0.95, pairs=pairs
        )
        values = [row.sampled for row in _shown(compared.rows, pairs)]
        if not pairs and best.point == "median":
            values[0] = float(np.median(sampled[labels[0]]))
        words = [f"{100 * value:.1f}%" for value in values]
        text = words[0] if pairs else f"{words[0]} ({words[1]} to {words[2]})"
        cells[finding.claim, finding.check] = McmcCell(text, compared)
    return cells


def _arms(best: Explanation) -> tuple[ArmCounts, ...]:
    """Return the arms behind an explanation, under the prior that its posterior and its counts leave."""
    if best.a is None or best.b is None or best.x is None or best.n is None:
        return ()
    prior = (max(best.a - best.x, 0.0), max(best.b - (best.n - best.x), 0.0))
    first = ArmCounts(best.x, best.n, prior)
    if best.x2 is None or best.n2 is None:
        return (first,)
    return first, ArmCounts(best.x2, best.n2, prior)


def _shown(rows: Iterable[AgreementRow], pairs: list[tuple[str, str]]) -> Iterator[AgreementRow]:
    return (row for row in rows if row.quantity.startswith(">") == bool(pairs))
