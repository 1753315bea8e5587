"""A convention: how numbers were computed and printed, all of it in one value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Convention:
    """How numbers were computed and printed; what does not concern them is None.

    Attributes
    ----------
    rounding : str or None
        A name of ``ROUNDINGS``.
    method : str or None
        Interval method, of counts: a name of ``BINOMIAL_METHODS`` or of those for two arms.
    level : float or None
        Of the interval.
    bounds : str or None
        ``direct``, or ``halves`` for the estimate plus and minus a rounded half-width.
    point : str or None
        What is printed as the estimate: of counts a name of ``ESTIMATE_RULES``, None for x/n; of a posterior ``mean``,
        ``median`` or ``mode``.
    kind : str or None
        Of a credible interval: ``equal-tailed`` or ``hdi``. Of a Kaplan-Meier rate ``incidence``, where the transform
        was taken of 1 minus the rate.
    prior : str or None
    transform : str or None
        Of a Kaplan-Meier rate.
    scale : str or None
        Link scale on which an interval is symmetric, or another way of the catalogue to make that of a ratio.
    test : str or None
    sided : int or None
        Test and sides of a P value.
    percentages : str or None
        Rounding of percentages beside a P value, where it is not the nearest.
    allowed : str or None
        Class of the denominator: ``stated``, ``derived``, ``near`` or ``any``.
    cost : float
        Bits; the sum over the parts.
    ordinary : bool
        Whether every part is ordinary within its kind.

    Examples
    --------
    >>> Convention(rounding="twice", method="wilson", cost=7.3, ordinary=False)
    Convention(rounding='twice', method='wilson', cost=7.3, ordinary=False)
    """

    rounding: str | None = None
    method: str | None = None
    level: float | None = None
    bounds: str | None = None
    point: str | None = None
    kind: str | None = None
    prior: str | None = None
    transform: str | None = None
    scale: str | None = None
    test: str | None = None
    sided: int | None = None
    percentages: str | None = None
    allowed: str | None = None
    cost: float = 0.0
    ordinary: bool = True

    def __repr__(self) -> str:
        given = ((name, getattr(self, name)) for name in self.__slots__)
        shown = (
            f"{name}={value!r}" for name, value in given if value is not None and (name, value) != ("ordinary", True)
        )
        return f"Convention({', '.join(shown)})"


PLAIN = Convention()
"""Nothing said, nothing paid."""
