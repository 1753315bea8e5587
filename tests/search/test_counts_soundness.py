"""Whatever the catalogue prints is found, and whatever is found prints the claim: by enumeration."""

from __future__ import annotations

from fractions import Fraction
from functools import cache, lru_cache

import numpy as np
import pytest

from trialstats.catalogue import Convention, load_catalogue
from trialstats.explanations import Counts
from trialstats.intervals.binomial import BINOMIAL_METHODS, METHODS, binomial_interval
from trialstats.press import ESTIMATE_RULES, added_counts, print_claim, print_number
from trialstats.reported import ROUNDINGS, Reported
from trialstats.search.counts import search as count_search
from trialstats.search.counts.explain import explain_proportion
from trialstats.search.counts.ranges import allow
from trialstats.search.counts.search import CountSearch
from trialstats.search.counts.ways import HALVES, conventions_of_counts, group_of
from trialstats.search.printed import PrintedInterval

METHOD_NAMES = tuple(BINOMIAL_METHODS)
ROUNDING_NAMES = tuple(ROUNDINGS)
DECIMALS = (0, 1, 2)


def exact(value: float | Fraction) -> Fraction:
    return Fraction(f"{value:.13g}") if isinstance(value, float) else value


def whole(value: Fraction, rounding: str) -> set[int]:
    """Both whole numbers at a tie, where the rule leaves it open; one number elsewhere."""
    sign, size = (1 if value >= 0 else -1), abs(value)
    floor, rest = divmod(size, 1)
    if rounding == "truncated":
        found = {floor}
    elif rounding == "up":
        found = {floor + (rest > 0)}
    elif rest == Fraction(1, 2):
        found = {"half-up": {floor + 1}, "half-even": {floor + floor % 2}}.get(rounding, {floor, floor + 1})
    else:
        found = {floor + (rest > Fraction(1, 2))}
    return {sign * int(one) for one in found}


@lru_cache(maxsize=100_000)
def forms(value: float | Fraction, decimals: int, rounding: str) -> set[Fraction]:
    """All values that a rounding rule prints: the rules written down once more, ties both ways where they are open."""
    unit = Fraction(1, 10 ** (decimals + 2))
    steps = exact(value) / unit
    extra = {"twice": 1, "twice-2": 2}.get(rounding, 0)
    if not extra:
        return {one * unit for one in whole(steps, rounding)}
    first = whole(steps * 10**extra, "nearest")
    return {one * unit for step in first for one in whole(Fraction(step, 10**extra), "nearest")}


def clipped(limit: float | Fraction) -> float | Fraction:
    return min(max(limit, type(limit)(0)), type(limit)(1))


@cache
def limits(method: str, n: int, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    lower, upper = binomial_interval(np.arange(n + 1), n, level=level, method=method, clip=False)
    return lower, upper


def prints(one, claim: tuple[Fraction, Fraction, Fraction], decimals: int) -> bool:
    """Whether an explanation prints a claim, every number by the rules above."""
    lower, upper = (float(part[one.x]) for part in limits(one.method, one.n, one.level))
    added = added_counts(one.point or "x-over-n", one.method, one.level)
    estimate = (one.x + added) / (one.n + 2 * added)
    if claim[0] not in forms(estimate, decimals, one.rounding):
        return False
    if one.bounds == "direct":
        return all(
            any(number in forms(end, decimals, one.rounding) for end in (limit, clipped(limit)))
            for number, limit in zip(claim[1:], (lower, upper), strict=True)
        )
    halves = forms((upper - lower) / 2, decimals, one.rounding)
    return any(
        claim[1] in (claim[0] - half, clipped(claim[0] - half))
        and claim[2] in (claim[0] + half, clipped(claim[0] + half))
        for half in halves
    )


@lru_cache(maxsize=100_000)
def text_of(value: float | Fraction, decimals: int, rounding: str) -> str:
    return print_number(value, decimals, "%", rounding)


def check_all(method: str, n: int, counts, decimals: int) -> int:
    """Print every count under every rounding, and search for it at this n; returns the number of claims."""
    lower, upper = limits(method, n)
    claims: dict[tuple[str, str, str], set[tuple[int, str]]] = {}
    for x in counts:
        low, high = clipped(float(lower[x])), clipped(float(upper[x]))
        for rounding in ROUNDING_NAMES:
            texts = tuple(text_of(value, decimals, rounding) for value in (Fraction(x, n), low, high))
            claims.setdefault(texts, set()).add((x, rounding))
    for (estimate, *bounds), witnesses in claims.items():
        printed = PrintedInterval.of(estimate, bounds, "a proportion")
        search = CountSearch(printed, {"stated": np.array([n])}, methods=[method])
        found = {}
        for block in search.blocks():
            for one in map(block.item, range(block.size)):
                found[one.x, one.rounding, one.bounds, one.point] = one
        missing = {(*one, "direct", None) for one in witnesses} - found.keys()
        assert not missing, (method, n, estimate, bounds, missing)
        values = tuple(Reported(text).value for text in (estimate, *bounds))
        for key, one in found.items():
            if key[:2] not in witnesses or key[2:] != ("direct", None):
                assert prints(one, values, decimals), (one, estimate, bounds)
    return len(claims)


@pytest.mark.parametrize("method", METHOD_NAMES)
def test_everything_printed_at_some_n_is_found(method):
    for n, decimals in ((1, 1), (3, 0), (17, 0), (40, 1)):
        check_all(method, n, range(0, n + 1, 1 if n < 20 else 7), decimals)


@pytest.mark.slow
@pytest.mark.parametrize("method", METHOD_NAMES)
def test_everything_printed_up_to_60_is_found(method):
    for n in range(1, 61):
        for decimals in DECIMALS:
            check_all(method, n, range(n + 1), decimals)


@pytest.mark.slow
@pytest.mark.parametrize("method", METHOD_NAMES)
def test_a_tenth_of_everything_printed_up_to_200_is_found(method):
    rng = np.random.default_rng(METHOD_NAMES.index(method))
    for n in range(61, 201):
        for decimals in DECIMALS:
            counts = np.flatnonzero(rng.random(n + 1) < 0.1)
            if counts.size:
                check_all(method, n, counts.tolist(), decimals)


# ---- n unknown: what the envelope leaves out ------------------------------------------------------------------------
def some_claims(number: int, seed: int):
    rng = np.random.default_rng(seed)
    for k in range(number):
        n = int(10 ** rng.uniform(0.3, 2.3))
        x = int(rng.integers(0, n + 1))
        method, rounding = str(rng.choice(METHOD_NAMES)), str(rng.choice(ROUNDING_NAMES))
        decimals = k % 3
        points = [point for point in ESTIMATE_RULES if added_counts(point, method, 0.95) is not None]
        point = str(rng.choice(points)).replace("x-over-n", "") or None
        bounds = "halves" if (method, point) in HALVES and rng.random() < 0.5 else "direct"
        how = Convention(method=method, rounding=rounding, bounds=bounds, point=point)
        claim = print_claim(Counts(x, n), how, decimals=decimals, clip=rng.random() < 0.7)
        yield (x, n, how), claim.value.text, (claim.spread.lower.text, claim.spread.upper.text)


def check_found(witness, estimate, bounds, n_max):
    x, n, how = witness
    search = explain_proportion(estimate, bounds, n_max=n_max)
    columns = search.arrays()
    here = (columns["x"] == x) & (columns["n"] == n)
    for name in ("method", "rounding", "bounds", "point"):
        if name in columns:
            here &= columns[name] == getattr(how, name)
    assert here.sum() == 1, (witness, estimate, bounds)
    return search


def test_printed_counts_are_found_when_n_is_unknown():
    for witness, estimate, bounds in some_claims(60, 1):
        found = check_found(witness, estimate, bounds, 200)
        assert witness[2].method in found.methods


def test_what_is_found_prints_the_claim_when_n_is_unknown():
    rng = np.random.default_rng(2)
    for _, estimate, bounds in some_claims(12, 3):
        found = explain_proportion(estimate, bounds, n_max=200)
        decimals = Reported(estimate).decimals
        values = tuple(Reported(text).value for text in (estimate, *bounds))
        for i in rng.integers(0, found.total, 60).tolist():
            assert prints(found[i], values, decimals), (found[i], estimate, bounds)


def test_leaving_counts_out_changes_nothing(monkeypatch):
    """The same search with nothing left out, by methods for which that is quick."""
    methods = ["wald", "wald-t", "wilson-cc", "clopper-pearson", "jeffreys", "add4", "log", "blaker", "logit"]
    for _, estimate, bounds in some_claims(9, 4):
        quick = explain_proportion(estimate, bounds, n_max=120, methods=methods).arrays()
        with monkeypatch.context() as patch:
            patch.setattr(count_search, "distances", lambda *_: None)
            every = explain_proportion(estimate, bounds, n_max=120, methods=methods).arrays()
        assert quick.keys() == every.keys()
        for name, values in quick.items():
            assert np.array_equal(values, every[name]), (estimate, bounds, name)


@pytest.mark.slow
def test_many_printed_counts_are_found_when_n_is_unknown():
    for witness, estimate, bounds in some_claims(1500, 5):
        check_found(witness, estimate, bounds, 200)


def test_an_interval_without_an_estimate_and_a_single_bound_are_searched_too():
    found = explain_proportion(None, ("12%", "43%"), n_max=40, roundings=["twice"], methods=["clopper-pearson"])
    assert (8, 32) in {(one.x, one.n) for one in found}
    found = explain_proportion("100%", ("66%", None), n=9, methods=["clopper-pearson"])
    assert [one.x for one in found][:1] == [9]


# ---- lists that must agree ------------------------------------------------------------------------------------------
def test_the_catalogue_names_every_method_rounding_and_estimate():
    catalogue = load_catalogue()
    assert set(catalogue.names("interval-method")) == set(BINOMIAL_METHODS)
    assert set(catalogue.names("rounding")) == set(ROUNDINGS)
    assert set(catalogue.names("estimate-rule")) == set(ESTIMATE_RULES)
    assert set(catalogue.names("bounds")) == {"direct", "halves"}


def test_every_convention_is_listed_once_and_in_order_of_cost():
    catalogue = load_catalogue()
    every = conventions_of_counts(
        catalogue, ("stated", "near"), (0.95,), catalogue.names("interval-method"), catalogue.names("rounding")
    )
    assert len({(group_of(one), one.rounding, one.bounds) for one in every}) == len(every)
    assert [one.cost for one in every] == sorted(one.cost for one in every)
    assert len(every) == 2 * 7 * (28 + len(HALVES) + 3 + 4 + 2 + 1)
    assert {one.method for one in every} == set(METHODS)


def test_old_catalogues_search_what_they_list():
    old = load_catalogue("1")
    found = explain_proportion("25%", ("12%", "43%"), n=32, catalogue=old)
    assert set(found.methods) <= set(old.names("interval-method"))
    assert found[0].cost == pytest.approx(
        sum(old.cost(*part) for part in (("allowed-n", "stated"), ("interval-method", "clopper-pearson"),
                                         ("rounding", "twice"), ("bounds", "direct")))
    )  # fmt: skip


def test_classes_of_n_hold_every_n_once():
    classes = allow({50: "stated", 48: "derived"}, 2000)
    assert {name: (int(n.max()), int(n.min())) for name, n in classes.items()} == {
        "stated": (50, 50), "derived": (48, 48), "near": (49, 44), "any": (43, 1)}  # fmt: skip
    assert sorted(np.concatenate(list(classes.values())).tolist()) == list(range(1, 51))
    assert allow({}, 7)["any"].tolist() == [1, 2, 3, 4, 5, 6, 7]
