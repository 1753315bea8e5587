"""The names of the catalogue as prose prints them."""

from __future__ import annotations

from trialstats.catalogue.convention import Convention

_METHOD_WORDS = {
    "agresti-coull": "Agresti-Coull",
    "add4": "add-4",
    "blaker": "Blaker",
    "blyth-still-casella": "Blyth-Still-Casella",
    "clopper-pearson": "Clopper-Pearson",
    "jeffreys": "Jeffreys",
    "mid-p": "mid-P",
    "pratt": "Pratt",
    "scas": "SCAS",
    "sterne": "Sterne",
    "wald": "Wald",
    "wald-cc": "Wald (continuity-corrected)",
    "wald-t": "Wald with Student's t",
    "wilson": "Wilson",
    "wilson-cc": "Wilson (continuity-corrected)",
    "fisher": "Fisher's exact test",
    "fisher-mid-p": "Fisher's mid-P test",
    "pearson": "Pearson's chi-square test",
    "pearson-n-1": "the N-1 chi-square test",
    "pearson-yates": "Yates's chi-square test",
    "likelihood-ratio": "likelihood-ratio",
    "newcombe": "Newcombe",
    "newcombe-cc": "Newcombe (continuity-corrected)",
    "miettinen-nurminen": "Miettinen-Nurminen",
    "mee": "Mee",
    "agresti-caffo": "Agresti-Caffo",
    "katz": "Katz",
    "koopman": "Koopman",
    "woolf": "Woolf",
    "fisher-exact": "Fisher's exact (conditional)",
    "fisher-central": "Fisher's central exact test",
    "fisher-blaker": "Blaker's exact test",
}
_SCALE_WORDS = {
    "log": "symmetric on the log scale",
    "identity": "symmetric on the natural scale",
    "complement": "symmetric on the log scale of 1 minus the ratio",
    "reciprocal": "symmetric on the natural scale of the reciprocal",
    "exact-poisson": "exact Poisson interval",
    "off-centre": "off the centre of the log scale, as profile-likelihood, exact or score intervals are",
    "bootstrap": "off the centre of the log scale, as percentile and bias-corrected bootstraps of small trials are",
}
_POINT_WORDS = {
    "midpoint": "the middle of the interval as its estimate",
    "posterior-mean": "the posterior mean as its estimate",
    "anscombe": "(x + 3/8)/(n + 3/4) as its estimate",
}
_ROUNDING_WORDS = {
    "nearest": "",
    "half-up": "",
    "half-even": "",
    "truncated": "cut off instead of rounded",
    "up": "rounded up",
    "twice": "rounded twice, through one more decimal",
    "twice-2": "rounded twice, through two more decimals",
}


def method_words(name: str) -> str:
    """Return the name of a method as prose prints it."""
    return _METHOD_WORDS.get(name) or name.replace("-", " ")


def convention_words(convention: Convention, *, events: int | None = None) -> str:
    """Return how numbers were computed and printed: ``Clopper-Pearson, rounded twice, through one more decimal``.

    ``events`` are those of an exact Poisson interval.

    Examples
    --------
    >>> convention_words(Convention(method="wald", bounds="halves", rounding="nearest"))
    'Wald, bounds from a rounded half-width'
    """
    parts = []
    if convention.method:
        parts.append(method_words(convention.method))
    if convention.transform:
        parts.append("plain interval" if convention.transform == "plain" else f"{convention.transform} transform")
    if convention.scale:
        words = _SCALE_WORDS.get(convention.scale, convention.scale)
        parts.append(words if events is None or convention.scale != "exact-poisson" else f"{words} of {events} events")
    if convention.prior:
        parts.append(f"{convention.prior} prior, {convention.kind} interval, {convention.point}")
    elif convention.point in _POINT_WORDS:
        parts.append(_POINT_WORDS[convention.point])
    if convention.test:
        parts.append(_METHOD_WORDS.get(convention.test, convention.test))
    if convention.sided == 1:
        parts.append("one-sided")
    if convention.bounds == "halves":
        parts.append("bounds from a rounded half-width")
    if convention.rounding and _ROUNDING_WORDS[convention.rounding]:
        parts.append(_ROUNDING_WORDS[convention.rounding])
    return ", ".join(parts)
