"""Every cost of the catalogue one bit up and one bit down: which answers of the five trials move.

    python -m benchmarks.joint_costs

Prints the table of docs/validation-joint.md. A change that the numbers cannot tell from the answer (a tie, or less than
one bit between the two before) is said to be so.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from trialstats.catalogue import Catalogue, load_catalogue
from trialstats.convention.families import KINDS
from trialstats.convention.tables import JUDGED
from trialstats.findings import PaperConvention
from trialstats.reanalysis import reanalyse
from trialstats.sources.trial_file import SHIPPED_TRIALS, Trial, load_trial

MOVED = (*dict.fromkeys(KINDS.values()), "allowed-n")


def priced(catalogue: Catalogue, kind: str, name: str, bits: float) -> Catalogue:
    """Return the catalogue with one price moved; no price falls below nothing."""
    menu = catalogue.kinds[kind]
    one = replace(menu[name], cost=max(menu[name].cost + bits, 0.0))
    kinds = MappingProxyType({**catalogue.kinds, kind: MappingProxyType({**menu, name: one})})
    return Catalogue(catalogue.version, kinds, catalogue.sources)


def answers(convention: PaperConvention) -> dict[str, object]:
    """Return the answers by name."""
    found: dict[str, object] = {f"rounding of {kind}": name for kind, name in convention.rounding.items()}
    for name in ("binomial_method", "prior", "posterior_point", "km_transform", "two_arm_test", "p_sided"):
        if getattr(convention, name) is not None:
            found[name] = getattr(convention, name)
    for arm, sizes in convention.denominators.items():
        found[f"n of {arm}"] = sorted(sizes.values())
    return found


def convention_of(trial: Trial, catalogue: Catalogue) -> PaperConvention:
    return reanalyse(trial, catalogue=catalogue, select=JUDGED).trials[0].convention


def main() -> None:
    base = load_catalogue()
    prices = [(kind, name, bits) for kind in MOVED for name in base.names(kind) for bits in (-1.0, 1.0)]
    print("| trial | answers | prices moved | answers the same | moved |\n|---|---|---|---|---|")
    for trial_id in sorted(SHIPPED_TRIALS):
        trial = load_trial(trial_id)
        first = answers(convention_of(trial, base))
        moved: dict[str, list[str]] = {}
        changed = 0
        for kind, name, bits in prices:
            now = answers(convention_of(trial, priced(base, kind, name, bits)))
            changed += now != first
            for what in first:
                if now.get(what) != first[what]:
                    moved.setdefault(f"{what}: {first[what]} to {now.get(what)}", []).append(f"{name} {bits:+g}")
        words = "; ".join(f"{what} ({', '.join(by)})" for what, by in moved.items()) or "nothing"
        print(f"| {trial_id} | {len(first)} | {len(prices)} | {len(prices) - changed} | {words} |", flush=True)


if __name__ == "__main__":
    main()
