"""Pictures of rounding, drawn from the rounding rules themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from html import escape
from math import ceil, floor
from pathlib import Path

from generate.writing import table, write_folder, write_page
from trialstats import ROUNDINGS, Reported, binomial_interval
from trialstats.claims import Range

__all__ = ["write_rounding"]

BLUE, GREY, RED = "#1f6f8b", "#667078", "#b3541e"
LEFT, RIGHT, ROW = 190, 720, 34


@dataclass
class Picture:
    """A number line with rows of ranges and points above it."""

    low: float
    high: float
    title: str
    parts: list[str] = field(default_factory=list)
    y: float = 20

    def x(self, value: float | Fraction) -> float:
        return LEFT + (float(value) - self.low) / (self.high - self.low) * (RIGHT - LEFT)

    def text(self, x: float, y: float, words: str, anchor: str = "start", colour: str = "#222", size: int = 13) -> None:
        style = f'text-anchor="{anchor}" fill="{colour}" font-size="{size}"'
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(words)}</text>')

    def range(self, label: str, values: Range, colour: str = BLUE) -> None:
        """Draw a range: a full circle is an end that belongs to it, an empty one an end that does not."""
        y = self.y
        a, b = self.x(values.lower), self.x(values.upper)
        self.text(10, y + 5, label)
        self.parts.append(f'<line x1="{a:.1f}" y1="{y}" x2="{b:.1f}" y2="{y}" stroke="{colour}" stroke-width="5"/>')
        for at, closed in ((a, values.lower_closed), (b, values.upper_closed)):
            style = f'fill="{colour if closed else "white"}" stroke="{colour}" stroke-width="2.5"'
            self.parts.append(f'<circle cx="{at:.1f}" cy="{y}" r="6" {style}/>')
        self.y += ROW

    def points(self, label: str, values: Iterable[tuple[float, str]], colour: str = GREY) -> None:
        """Draw labelled points."""
        y = self.y
        self.text(10, y + 5, label)
        for value, words in values:
            at = self.x(value)
            self.parts.append(f'<path d="M{at:.1f},{y + 7} l-5,-12 h10 z" fill="{colour}"/>')
            self.text(at, y - 9, words, "middle", colour, 12)
        self.y += ROW

    def axis(self, ticks: Sequence[tuple[float, str]]) -> None:
        """Draw the number line below the rows."""
        y = self.y
        self.parts.append(
            f'<line x1="{LEFT - 10}" y1="{y}" x2="{RIGHT + 10}" y2="{y}" stroke="#444" stroke-width="1"/>'
        )
        for value, words in ticks:
            at = self.x(value)
            self.parts.append(f'<line x1="{at:.1f}" y1="{y}" x2="{at:.1f}" y2="{y + 6}" stroke="#444"/>')
            self.text(at, y + 21, words, "middle", "#444", 12)
        self.y += ROW

    def svg(self) -> str:
        height = int(self.y + 6)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 {height}" width="760" height="{height}" '
            f'role="img" font-family="sans-serif"><title>{escape(self.title)}</title>'
            f'<rect width="760" height="{height}" fill="white"/>{"".join(self.parts)}</svg>\n'
        )


def _ticks(low: float, high: float, step: float, form: str) -> list[tuple[float, str]]:
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return [(k * step, form.format(k * step)) for k in range(first, last + 1)]


def _percent_ticks(low: int, high: int) -> list[tuple[float, str]]:
    return [(k / 100, f"{k} %") for k in range(low, high + 1)]


def write_rounding(folder: Path, page: Path) -> None:
    """Write the pictures into a folder, and the table of rules that the page on rounding includes."""
    write_folder(
        folder, {"precision.svg": _precision(), "rules.svg": _rules(), "twice.svg": _twice(), "counts.svg": _counts()}
    )
    rows = []
    for name, meaning in ROUNDINGS.items():
        r = Reported("12%").range(name)
        ends = f"{'[' if r.lower_closed else '('}{_short(r.lower)}, {_short(r.upper)}{']' if r.upper_closed else ')'}"
        rows.append((f"`{name}`", meaning, ends))
    text = table(("rule", "how it rounds", "what 12 % can then stand for, in %"), rows)
    write_page(page, text)


def _short(value: Fraction | float) -> str:
    return f"{float(value) * 100:.5g}"


def _precision() -> str:
    picture = Picture(0.44, 0.56, "0.5 and 0.50 stand for different ranges")
    picture.range("printed 0.5", Reported("0.5").range())
    picture.range("printed 0.50", Reported("0.50").range())
    picture.range("printed 0.500", Reported("0.500").range())
    picture.axis(_ticks(0.44, 0.56, 0.02, "{:.2f}"))
    return picture.svg()


def _rules() -> str:
    picture = Picture(0.108, 0.132, "What 12 % can stand for under each rounding rule")
    for name in ROUNDINGS:
        picture.range(name, Reported("12%").range(name), RED if name.startswith("twice") else BLUE)
    picture.axis([*_percent_ticks(11, 13), (0.115, "11.5 %"), (0.125, "12.5 %")])
    return picture.svg()


def _twice() -> str:
    lower = binomial_interval(8, 32).lower
    once, half = round(lower * 100), round(lower * 1000) / 1000
    again = floor(half * 100 + 0.5)
    assert (once, half, again) == (11, 0.115, 12)
    picture = Picture(0.1085, 0.1265, "11.46 % rounded once is 11 %, rounded through one decimal more it is 12 %")
    picture.y = 30
    picture.points("computed", [(lower, f"{100 * lower:.2f} %")], RED)
    picture.points("rounded once", [(once / 100, f"{once} %")])
    picture.points("first to one decimal", [(half, f"{100 * half:.1f} %")], RED)
    picture.points("then to a whole", [(again / 100, f"{again} %")], RED)
    picture.range("12 %, plain", Reported("12%").range("nearest"))
    picture.range("12 %, twice", Reported("12%").range("twice"), RED)
    picture.axis([(0.11, "11 %"), (0.115, "11.5 %"), (0.12, "12 %"), (0.125, "12.5 %")])
    return picture.svg()


def _counts() -> str:
    picture = Picture(0.55, 0.67, "Which counts of 54 and of 57 patients print 61 %")
    picture.y = 30
    picture.range("printed 61 %", Reported("61%").range())
    picture.y += 6
    for n in (54, 57):
        inside = [(x / n, f"{x}") for x in range(n + 1) if 0.55 <= x / n <= 0.67]
        picture.points(f"counts of {n}", inside, RED if any(v in Reported("61%").range() for v, _ in inside) else GREY)
    picture.axis([(k / 100, f"{k} %") for k in range(55, 68, 2)])
    return picture.svg()
