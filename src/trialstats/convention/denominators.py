"""Which denominators each percentage of an arm needs, and which pairs print a comparison of two arms."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from trialstats.convention.families import DENOMINATOR
from trialstats.convention.tables import Tables
from trialstats.search.joint.search import Candidate, Joint

_CLASSES = ("stated", "derived", "near")


def needed_denominators(tables: Tables, best: Joint) -> dict[str, dict[str, list[Hashable]]]:
    """Return for each arm whose printed size does not print all its claims, which n near it prints each of them.

    By family of denominators and claim. All of the paper's convention but the denominators is taken as given.
    """
    common = {name: value for name, value in best.choices.items() if not name.startswith(DENOMINATOR)}
    found: dict[str, dict[str, list[Hashable]]] = {}
    for group, allowed in tables.denominators.allowed.items():
        if not tables.denominators.usual(group):
            continue
        near = [n for n, name in allowed.items() if name in _CLASSES]
        needs: dict[str, list[Hashable]] = {}
        for finding, candidates in zip(tables.findings, tables.candidates, strict=True):
            some = [one for one in candidates if group in one.choices and one.holds(common)]
            if finding.check == "two-arm-p" or not some:
                continue
            if all(group in one.choices for one in candidates):  # a survival rate may be a curve's, which needs no n
                needs[finding.claim] = [n for n in near if any(n in one.accepts(group) for one in some)]
        stated = [n for n in near if allowed[n] != "near"]
        if any(not set(stated) & set(values) for values in needs.values()):
            found[group] = needs
    return found


def pairs_of_denominators(tables: Tables, best: Joint) -> list[dict[str, Any]]:
    """Return, for each two arms that a P value compares, the pairs of denominators that print all their claims.

    Each has ``families``, ``searched`` (how many pairs) and by test and sides the ``pairs``. The rounding of the
    paper's convention is taken as given, test and sides are not.
    """
    given = {name: value for name, value in best.choices.items() if name.startswith("rounding:")}
    linked = {
        tuple(name for name in one.choices if name.startswith(DENOMINATOR))
        for finding, candidates in zip(tables.findings, tables.candidates, strict=True)
        if finding.check == "two-arm-p"
        for one in candidates
    }
    found = []
    for families in sorted(one for one in linked if len(one) == 2):
        first, second = families
        concerned = [some for some in tables.candidates if any({first, second} & one.choices.keys() for one in some)]
        menus = [
            [n for n, name in tables.denominators.allowed[group].items() if name in _CLASSES] for group in families
        ]
        by_test: dict[str, list[list[Hashable]]] = {}
        for test in tables.families["test"]:
            for sides in tables.families["sides:comparisons"]:
                choices = {**given, "test": test, "sides:comparisons": sides}
                pairs = _common_pairs(concerned, choices, families, menus)
                if pairs:
                    by_test[f"{test}, {sides}-sided"] = [list(pair) for pair in pairs]
        found.append({"families": list(families), "searched": len(menus[0]) * len(menus[1]), "pairs": by_test})
    return found


def _common_pairs(
    claims: list[tuple[Candidate, ...]],
    choices: Mapping[str, Hashable],
    families: tuple[str, str],
    menus: list[list[Hashable]],
) -> list[tuple[Hashable, Hashable]]:
    first, second = families
    left = {(n, n2) for n in menus[0] for n2 in menus[1]}
    for candidates in claims:
        some = [one for one in candidates if one.holds(choices)]
        left = {
            (n, n2)
            for n, n2 in left
            if any(
                (first not in one.choices or n in one.accepts(first))
                and (second not in one.choices or n2 in one.accepts(second))
                for one in some
            )
        }
    return sorted(left, key=lambda pair: (menus[0].index(pair[0]), menus[1].index(pair[1])))
