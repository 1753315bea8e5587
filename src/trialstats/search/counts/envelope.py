"""How far the limits of every interval method can lie from Wilson's: what makes the search for counts fast.

Most of the candidates that a printed percentage allows cannot print the bounds beside it, by any method. To see this
without computing each method's limits, we use that the limits of all methods differ from Wilson's by an amount of order
1/n: n times the distance is bounded, by a number that depends on method and level only. `OUTWARDS_INWARDS` holds these
numbers for the usual levels: by how many patients the lower limit can lie below Wilson's, or the upper one above
(outwards), and the other way round (inwards).

The numbers are measured by enumeration (``python -m benchmarks.envelope``) and rounded up by a margin; tests hold them
on other counts. They are used only to leave out what is farther away, so a number that is too large costs time and
nothing else. At levels that are not in the table, and below n = `FROM_N`, nothing is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

FROM_N = 10
"""Smallest n that the table speaks of."""

LEVELS = (0.8, 0.9, 0.95, 0.975, 0.99)

_TABLE = """
                        80 %          90 %          95 %          97.5 %        99 %
wald                   0.90  1.78    1.44  2.90    2.01  4.09    2.60  5.33    3.41  7.02
wald-cc                1.42  1.25    1.96  2.37    2.53  3.56    3.13  4.81    3.93  6.50
wald-t                 0.90  1.78    1.44  2.90    2.01  4.09    2.60  5.33    3.41  7.02
wilson                 0.05  0.05    0.05  0.05    0.05  0.05    0.05  0.05    0.05  0.05
wilson-cc              1.00  0.05    1.03  0.05    1.05  0.05    1.06  0.05    1.07  0.05
wilson-modified        0.14  0.14    0.22  0.05    0.28  0.05    0.35  0.05    0.40  0.05
clopper-pearson        0.75  0.05    0.85  0.05    1.03  0.21    1.22  0.73    1.48  1.46
mid-p                  0.18  0.17    0.34  0.48    0.53  0.94    0.72  1.46    0.98  2.19
blaker                 0.68  0.15    0.84  0.33    1.03  0.53    1.21  1.02    1.47  1.68
sterne                 0.92  0.28    0.66  0.10    0.70  0.23    0.90  0.72    1.15  1.47
blyth-still-casella    2.13  1.08    1.88  0.92    1.71  0.79    1.60  1.26    1.68  1.96
agresti-coull          0.41  0.05    0.64  0.05    0.89  0.05    1.15  0.05    1.50  0.05
add4                   2.33  1.24    1.76  0.69    1.03  0.12    1.28  0.55    1.78  1.40
jeffreys               0.16  0.36    0.34  0.88    0.52  1.45    0.71  2.05    0.97  2.88
jeffreys-boundary      0.16  0.36    0.34  0.88    0.52  1.45    0.71  2.05    0.97  2.88
jeffreys-modified      0.75  0.28    0.54  0.66    0.52  1.10    0.71  1.58    0.97  2.26
jeffreys-hpd           0.84  1.11    1.01  1.48    1.20  2.07    1.38  2.69    1.64  3.54
uniform                0.75  0.46    0.36  0.28    0.15  0.22    0.22  0.73    0.48  1.46
uniform-hpd            0.33  0.37    0.51  0.65    0.70  1.00    0.89  1.46    1.15  2.19
arcsine                0.47  1.35    0.73  2.19    1.01  3.08    1.30  4.01    1.69  5.28
arcsine-anscombe       0.16  0.13    0.36  0.73    0.64  1.43    0.93  2.18    1.32  3.23
logit                  0.75  0.05    0.79  0.05    1.56  0.21    2.71  0.73    4.91  1.46
probit                 0.75  0.18    0.54  0.27    0.88  0.36    1.55  0.73    2.82  1.46
cloglog                0.75  0.36    0.84  0.55    1.56  0.76    2.71  0.98    4.91  1.46
log                    0.90  1.78    1.44  2.90    2.55  4.09    4.10  5.33    6.82  7.02
likelihood-ratio       0.33  0.92    0.51  1.48    0.69  2.07    0.88  2.69    1.14  3.54
pratt                  0.68  2.71    0.85  3.28    1.03  3.86    1.22  4.44    1.48  5.21
scas                   0.16  0.29    0.34  0.69    0.53  1.13    0.72  1.60    0.98  2.23
"""


def _read(table: str) -> Mapping[str, Mapping[float, tuple[float, float]]]:
    found = {}
    for line in table.strip().splitlines()[1:]:
        name, *numbers = line.split()
        values = [float(number) for number in numbers]
        found[name] = MappingProxyType(dict(zip(LEVELS, zip(values[::2], values[1::2], strict=True), strict=True)))
    return MappingProxyType(found)


OUTWARDS_INWARDS = _read(_TABLE)
"""By method and level: largest distances outwards and inwards of Wilson's limits, in patients."""


def distances(method: str, level: float) -> tuple[float, float] | None:
    """Return the largest distances of a method's limits from Wilson's, or None where they are not known.

    Outwards and inwards, times n, for n of at least `FROM_N`.

    Examples
    --------
    >>> distances("wilson", 0.95)
    (0.05, 0.05)
    >>> distances("wilson", 0.6) is None
    True
    """
    return OUTWARDS_INWARDS.get(method, {}).get(level)


@cache
def farthest(methods: tuple[str, ...], level: float) -> tuple[float, float] | None:
    """Return the largest distances of any of some methods, or None where one is not known."""
    known = [one for method in methods if (one := distances(method, level)) is not None]
    if len(known) < len(methods) or not known:
        return None
    return max(outwards for outwards, _ in known), max(inwards for _, inwards in known)
