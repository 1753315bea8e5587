"""What speaks for a paper's convention, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from trialstats.catalogue.words import method_words
from trialstats.findings import PaperConvention
from trialstats.wording import begun, joined

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ROUNDINGS = {
    "nearest": "plain rounding",
    "twice": "rounding twice, as through a table with one decimal more",
    "twice-2": "rounding twice, as through a table with two decimals more",
    "truncated": "digits cut off instead of rounded",
    "up": "rounding up",
}
_SHOWN = 3
"""Of a longer list so many are named, and of the others how many there are."""
_MANY = 0.1
"""Where more of the pairs of denominators print a comparison, it hardly narrows them."""


def evidence_in_words(convention: PaperConvention) -> tuple[str, ...]:
    """Return what a paper's convention rests on: a sentence for each unusual choice, and what does not follow it.

    The sentences are without their full stops.

    Examples
    --------
    >>> found = {
    ...     "choice": "twice", "rival": "nearest", "ordinary": False, "discriminating": ["a", "b", "c"],
    ...     "printed": ["a", "b", "c"], "of": "interval", "bits_ahead": 13.4, "copies": 200, "as_cheap": 0,
    ... }
    >>> evidence = {"claims": 3, "printed": 3, "not_printed": [], "inferred": {"rounding:percentages": found}}
    >>> print(". ".join(evidence_in_words(PaperConvention(evidence=evidence))))
    Three intervals (a, b, c) need rounding twice, as through a table with one decimal more; 0 of 200 copies with random
    slips had such a common explanation. All 3 results searched print so
    """
    evidence = convention.evidence
    if "inferred" not in evidence:
        return ()
    sentences = [
        _choice(family, found, evidence.get("ties", {}).get(family, ()))
        for family, found in evidence["inferred"].items()
        if not found["ordinary"] and found["discriminating"]
    ]
    sentences += [_alone(family, found) for family, found in evidence.get("alone", {}).items() if found["printed"]]
    sentences += _needs(evidence.get("needs", {}), evidence.get("sizes", {}))
    sentences += _pairs(convention, evidence.get("pairs", ()))
    claims, printed = evidence["claims"], evidence["printed"]
    if claims > 1:
        missed = list(dict.fromkeys(evidence["not_printed"]))
        sentences.append(
            f"All {claims} results searched print so"
            if not missed
            else f"{printed} of {claims} results searched print so, not {joined(_some(missed))}"
        )
    return tuple(map(begun, sentences))


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def _claims(printed: Sequence[str], noun: str) -> str:
    """Return how many claims, and which: ``two intervals (a, b)``."""
    named = ", ".join(printed[:_SHOWN]) + (f" and {len(printed) - _SHOWN} others" if len(printed) > _SHOWN else "")
    return f"{_number(len(printed))} {noun}{'' if len(printed) == 1 else 's'} ({named})"


def _choice(family: str, found: Mapping[str, Any], ties: Sequence[Any]) -> str:
    telling, printed = found["discriminating"], found["printed"]
    one = len(printed) == 1
    words = _claims(printed, found["of"])
    words += f" need{'s' if one else ''} {_choice_words(family, found['choice'], found['rival'])}"
    against = len(telling) - len(printed)
    if against:
        words += f", and {_number(against)} {'speaks' if against == 1 else 'speak'} against it"
    equals = found.get("equals", ())
    elsewhere = [value for value in ties if value != found["choice"] and value not in equals]
    parts = [f"{joined(_some(equals), 'or')} would do as well"] if equals else []
    if elsewhere:
        parts.append(f"{joined(_some(elsewhere), 'or')} cost no more, but print other results instead")
    if parts:
        words += f" ({'; '.join(parts)})"
    if found.get("copies"):
        words += f"; {found['as_cheap']} of {found['copies']} copies with random slips had such a common explanation"
    return words


def _alone(family: str, found: Mapping[str, Any]) -> str:
    needs = _choice_words(family, found["choice"], None)
    return f"{_claims(found['printed'], found['of'])} would need {needs}: one result makes no convention of a paper"


def _some(names: Sequence[Any]) -> list[str]:
    """Return the first names of a list, and how many others there are."""
    more = len(names) - _SHOWN
    return [*map(str, names[:_SHOWN]), *([f"{more} other{'' if more == 1 else 's'}"] if more > 0 else [])]


def _choice_words(family: str, choice: Any, rival: Any) -> str:
    kind, _, group = family.partition(":")
    match kind:
        case "rounding":
            return _ROUNDINGS.get(choice, str(choice))
        case "n":
            arm, _, population = group.partition("/")
            return f"{choice} patients rather than {rival} in {arm}{f' ({population})' if population else ''}"
        case "method":
            return f"{method_words(choice)} limits"
        case "prior":
            return f"a {choice} prior"
        case "point":
            return f"the posterior {choice}"
        case "kind":
            return "highest-density intervals" if choice == "hdi" else f"{choice} intervals"
        case "transform":
            return "intervals that are off centre" if choice == "asymmetric" else f"the {choice} transform"
        case "sides":
            return f"{choice}-sided P values"
        case _:
            return method_words(str(choice))


def _needs(needs: Mapping[str, Mapping[str, Sequence[int]]], printed: Mapping[str, Sequence[int]]) -> Iterator[str]:
    """Say which results of an arm its printed size does not print, and which sizes near it do."""
    for family, by_claim in needs.items():
        arm, stated = family.removeprefix("n:"), printed.get(family, ())
        size = f"the printed {joined(map(str, stated), 'or')} patients" if stated else "its printed size"
        odd = {claim: sizes for claim, sizes in by_claim.items() if not set(stated) & set(sizes)}
        parts = [f"{claim} {_sizes(sizes)}" for claim, sizes in odd.items()]
        verb = "does" if len(odd) == 1 else "do"
        if odd:
            some = f"{_number(len(odd))} of {len(by_claim)} results of {arm}"
            if len(odd) == len(by_claim) == 1:
                some = f"the one result of {arm} that tells"
            words = f"{some} {verb} not come out at {size}: "
            yield words + "; ".join([*parts[:_SHOWN], *_some(parts)[_SHOWN:]])
        else:
            yield f"no single size of {arm} among {size} prints all its {len(by_claim)} results"


def _sizes(sizes: Sequence[int]) -> str:
    """Return denominators in words, runs of them as ranges."""
    if not sizes:
        return "comes out at no number near it either"
    runs: list[list[int]] = []
    for n in sorted(sizes):
        if runs and n == runs[-1][1] + 1:
            runs[-1][1] = n
        else:
            runs.append([n, n])
    return f"needs {joined([str(low) if low == high else f'{low} to {high}' for low, high in runs], 'or')}"


def _pairs(convention: PaperConvention, found: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Say how many pairs of denominators print a comparison, where the printed sizes do not."""
    inferred = convention.evidence["inferred"]
    for one in found:
        moved = [name for name in one["families"] if not inferred.get(name.removesuffix("/"), {}).get("ordinary", True)]
        if not moved or not one["pairs"]:
            continue
        arms = joined(name.removeprefix("n:").removesuffix("/") for name in one["families"])
        # The first that names the paper's test is the two-sided one, the cheaper.
        test = next((name for name in one["pairs"] if name.split(",")[0] == convention.two_arm_test), "")
        pairs = one["pairs"].get(test, [])
        listed = ", ".join(_some([f"{n}/{n2}" for n, n2 in pairs]))
        by = method_words(convention.two_arm_test or "")
        some = {tuple(pair) for values in one["pairs"].values() for pair in values}
        near = f"of {one['searched']} pairs of denominators of {arms} near the printed sizes"
        prints = "prints" if len(some) == 1 else "print"
        words = f"{near}, {len(some)} {prints} all their percentages and P values by some test or other"
        if pairs:
            words += f", {len(pairs)} of them by {by} ({listed})"
        if len(some) > _MANY * one["searched"]:
            words += ": these P values say little about the denominators"
        yield words
