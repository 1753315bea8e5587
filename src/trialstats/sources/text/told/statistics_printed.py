"""Read test statistics with their degrees of freedom and the P value behind them: "t(78) = 2.64, P = .01"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from trialstats.claims.model import PValue
from trialstats.reported import Reported
from trialstats.sources.text.tokens.normalise import normalise

_ANY = re.compile(r"[tTFZzX][ (\[=,\d]|[χχ]|[Cc]hi\b|[Cc]hi-?[ (s]|og-?rank statistic")
"""One of these stands in every test statistic; it is looked for first."""
_GAP = r"[ \x00]{0,3}"
_VALUE = (
    rf"(?:{_GAP}(?:=|,|of|was|:)|(?<=square)|(?<=squared)){_GAP}"
    rf"(?P<value>-?{_GAP}[0-9]{{1,5}}(?:\.[0-9]{{1,4}})?)(?![0-9%]|\.[0-9])"
)
_ONE_DF = r"[0-9]{1,5}(?:\.[0-9]{1,3})?"
_CHI = (
    rf"[χΧCcX](?<![A-Za-z0-9-].)(?:(?<=[χΧ]){_GAP}(?:\({_GAP}2{_GAP}\)|[2²\^]{{1,2}})?"
    rf"|(?<=[Cc])hi(?:-?{_GAP}squared?|{_GAP}\(2\)|2|²)?|(?<=X)(?:2|²))|[Ll]og-?rank(?= statistic)"
)
# Each begins with a letter and not with what must not stand before it: so the search jumps from one to the next.
_KINDS = {
    "t": re.compile(
        rf"t(?<![A-Za-z0-9-]t){_GAP}[\[(]?{_GAP}(?:df{_GAP}={_GAP})?(?P<df>{_ONE_DF})?{_GAP}[\])]?{_VALUE}"
    ),
    "F": re.compile(
        rf"F(?<![A-Za-z0-9-]F)(?:{_GAP}[\[(]?{_GAP}(?P<df>{_ONE_DF}){_GAP}[,;/]{_GAP}(?P<df2>{_ONE_DF}){_GAP}[\])]?)?{_VALUE}"
    ),
    "chi-square": re.compile(
        rf"(?:{_CHI})(?: test| statistic)?"
        rf"(?:{_GAP}[\[(]?{_GAP}(?:df{_GAP}={_GAP})?(?P<df>[0-9]{{1,3}}){_GAP}(?:df\b)?"
        rf"(?:,{_GAP}[Nn]{_GAP}={_GAP}[0-9]+)?{_GAP}[\])]?)?{_VALUE}"
    ),
    "z": re.compile(rf"[zZ](?<![A-Za-z0-9-][zZ])(?P<df>(?!)){{0}}(?:[ -]?(?:statistic|value))?{_VALUE}"),
}
_DF_BEHIND = re.compile(
    rf"{_GAP}[,;(\[]?{_GAP}(?:(?:with|on){_GAP})?(?:(?:d\.?f\.?|degrees? of freedom(?:{_GAP}\[df\])?){_GAP}[=,:]?{_GAP}"
    rf"(?P<a>{_ONE_DF})(?:{_GAP},{_GAP}(?P<a2>[0-9]{{1,5}}))?"
    rf"|(?P<b>{_ONE_DF}){_GAP}(?:d\.?f\b\.?|degrees? of freedom)){_GAP}[)\]]?"
)
_P_BEHIND = re.compile(
    rf"{_GAP}[,;:)\]]{{0,2}}{_GAP}(?:and{_GAP})?[(\[]?{_GAP}"
    rf"(?:(?P<sides>one|two|1|2)[- ](?:sided|tailed){_GAP})?[Pp](?:[- ]?[Vv]alue)?(?: was| of)?{_GAP}"
    rf"(?P<relation>[<>=≤≥]){_GAP}(?P<p>(?:0|1)?\.[0-9]{{1,6}}|0|1)(?![0-9]|\.[0-9]|{_GAP}[x×*]|e-)"
    rf"(?P<after>{_GAP}[,(]?{_GAP}(?:one|two|1|2)[- ](?:sided|tailed))?"
)


@dataclass(frozen=True, slots=True)
class TestStatistic:
    """A printed test statistic, its degrees of freedom and the P value printed with it."""

    __test__ = False

    kind: str
    """``t``, ``F``, ``chi-square`` or ``z``."""
    value: Reported
    df: tuple[float, ...]
    """As printed; empty where none are."""
    p: PValue
    start: int
    end: int
    fewest: bool = False
    """Whether no degrees of freedom are printed, and the one of ``df`` is the fewest that there are."""

    @property
    def words(self) -> str:
        """The statistic as messages print it."""
        df = ", ".join(f"{one:g}" for one in self.df)
        return f"{self.kind}{f'({df})' if df else ''} = {self.value.text}"


def find_test_statistics(text: str) -> list[TestStatistic]:
    """Return the test statistics of a text that have a P value right behind them, in order.

    Examples
    --------
    >>> text = "It fell (t = 3.1; df = 64; P = .003) with F508 (F(1, 96) = 0.48, p=.49)."
    >>> [one.words for one in find_test_statistics(text)]
    ['t(64) = 3.1', 'F(1, 96) = 0.48']
    """
    if _ANY.search(text) is None:
        return []
    plain = normalise(text)
    found = [one for kind, expression in _KINDS.items() for match in expression.finditer(plain)
             if (one := _read(plain, kind, match)) is not None]  # fmt: skip
    return sorted(found, key=lambda one: one.start)


FORMS_OF_STATISTICS = "t(78) = 2.64, F(2, 87) = 4.71, chi-square(1) = 6.82 or z = 2.1"


def read_statistic(p: PValue) -> TestStatistic | None:
    """Return the statistic that a P value of a trial file was typed with; None if it is none that we can read.

    Examples
    --------
    >>> read_statistic(PValue(Reported("<.001"), statistic="chi-square(1) = 14.2")).words
    'chi-square(1) = 14.2'
    """
    if p.statistic is None or p.value.is_missing:
        return None
    relation = "" if p.value.relation != "=" else "= "
    found = find_test_statistics(f"{p.statistic}, P {relation}{p.value.text}")
    if len(found) != 1 or found[0].start > 0 or found[0].fewest:
        return None
    return replace(found[0], p=p, end=len(p.statistic))


def _read(text: str, kind: str, match: re.Match[str]) -> TestStatistic | None:
    end = match.end()
    fewest = False
    df = tuple(float(one) for one in (match.groupdict().get("df"), match.groupdict().get("df2")) if one)
    behind = _DF_BEHIND.match(text, end)
    if behind is not None and not df:
        df = tuple(float(one) for one in (behind["a"] or behind["b"], behind["a2"]) if one)
    p = _P_BEHIND.match(text, behind.end() if behind is not None else end)
    if p is None:
        return None
    if not df and behind is None and (later := _DF_BEHIND.match(text, p.end())) is not None:
        df = (float(later["a"] or later["b"]),)
    if kind == "chi-square" and not df and behind is None and match[0][0] not in "lL":
        fewest, df = True, (1.0,)
    if 0.0 in df or len(df) != (2 if kind == "F" else 1 if kind != "z" else 0):
        return None
    sides = (p["sides"] or p["after"] or "").strip(" ,(\x00")
    sided = None if not sides else 1 if sides[:1] in "o1" else 2
    digits = re.sub(r"[ \x00]", "", match["value"])
    relation = p["relation"].replace("≤", "<=").replace("≥", ">=")
    printed = PValue(Reported(("" if relation == "=" else relation) + p["p"]), sided=sided)
    return TestStatistic(kind, Reported(digits), df, printed, match.start(), p.end(), fewest)
