r"""Reports and numbered tables as LaTeX, to be ``\input`` into a document that loads booktabs, longtable and array."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType

from trialstats.report.cite import SPECIAL
from trialstats.report.table import Lists, NumberedTable, Table, TrialTable
from trialstats.report.words import NOTE

PREAMBLE = r"\usepackage{booktabs,longtable,array,textcomp}"
"""What a document that inputs a report needs."""

_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "ζ": "zeta", "η": "eta",
    "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi",
    "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "υ": "upsilon", "φ": "varphi", "χ": "chi",
    "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi",
    "Π": "Pi", "Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega",
}  # fmt: skip
_CHARACTERS = MappingProxyType(
    {
        **SPECIAL,
        "<": r"\ensuremath{<}",
        ">": r"\ensuremath{>}",
        "|": r"\textbar{}",
        "`": r"\textasciigrave{}",
        "'": r"\textquotesingle{}",
        '"': r"\char34{}",
        "≤": r"\ensuremath{\leq}",
        "≥": r"\ensuremath{\geq}",
        "≈": r"\ensuremath{\approx}",
        "±": r"\ensuremath{\pm}",
        "−": r"\ensuremath{-}",
        "×": r"\ensuremath{\times}",
        "·": r"\ensuremath{\cdot}",
        "∞": r"\ensuremath{\infty}",
        "✓": r"\ensuremath{\surd}",
        "◆": r"\ensuremath{\diamond}",
        "▷": r"\ensuremath{\triangleright}",
        "–": r"\textendash{}",
        "—": r"\textemdash{}",
        "µ": r"\textmu{}",
        "°": r"\textdegree{}",
        "½": r"\textonehalf{}",
        "→": r"\ensuremath{\to}",
        "¹": r"\ensuremath{^1}",
        "²": r"\ensuremath{^2}",
        "³": r"\ensuremath{^3}",
    }
    | {letter: rf"\ensuremath{{\{name}}}" for letter, name in _GREEK.items()}
)
_SPECIAL = re.compile("[" + re.escape("".join(_CHARACTERS)) + "]")
# What pdfLaTeX sets from UTF-8 by itself in every encoding: letters of Western Europe, and quotation marks.
_FOREIGN = re.compile(
    "[^\x20-\x7e\u00c0-\u00cf\u00d1-\u00d6\u00d8-\u00dd\u00df-\u00ef\u00f1-\u00f6\u00f8-\u00fd\u00ff‘’“”…ñ]"
)
_WIDTHS = (0.21, 0.14, 0.15, 0.22, 0.13)
_WIDTHS_SAMPLED = (0.17, 0.13, 0.13, 0.18, 0.12, 0.12)


def escape(text: str) -> str:
    r"""Return text that LaTeX sets as it is, on one line.

    Examples
    --------
    >>> print(escape("50% & P < .05"))
    50\% \& P \ensuremath{<} .05
    """
    return _FOREIGN.sub(_in_plain, _SPECIAL.sub(lambda found: _CHARACTERS[found[0]], " ".join(text.split())))


def _in_plain(found: re.Match[str]) -> str:
    """Return a character that pdfLaTeX does not know without its accents, or else by its number: it must compile."""
    plain = unicodedata.normalize("NFKD", found[0]).encode("ascii", "ignore").decode()
    plain = "".join(filter(str.isprintable, plain))
    return _SPECIAL.sub(lambda one: _CHARACTERS[one[0]], plain) or f"[U+{ord(found[0]):04X}]"


def _longtable(caption: str, headings: Sequence[str], lines: Iterable[Sequence[str]], label: str = "") -> Iterator[str]:
    widths = _WIDTHS if len(headings) == len(_WIDTHS) else _WIDTHS_SAMPLED
    columns = "".join(rf">{{\raggedright\arraybackslash}}p{{{width}\linewidth}}" for width in widths)
    head = " & ".join(map(escape, headings)) + r" \\"
    yield rf"\begin{{longtable}}{{@{{}}{columns}@{{}}}}"
    yield rf"\caption{{{escape(caption)}}}{label}\\"
    yield from (r"\toprule", head, r"\midrule\endfirsthead", r"\toprule", head, r"\midrule\endhead")
    yield r"\bottomrule\endfoot"
    for cells in lines:
        # A cell that begins with [ or * is no option of the line end before it, in a group.
        yield " & ".join(f"{{{cell}}}" for cell in cells) + r" \\"
    yield r"\end{longtable}"


def _cells(texts: Sequence[str]) -> list[str]:
    cells = list(map(escape, texts))
    # Ids are long words: they may break after a point.
    cells[0] = cells[0].replace(".", r".\allowbreak{}")
    # A further finding of the claim above.
    return cells if cells[0] else [rf"\footnotesize {cell}" if cell else "" for cell in cells]


def _trial(trial: TrialTable, made_by: str) -> Iterator[str]:
    if trial.convention:
        yield rf"\noindent Convention of the paper: {escape(trial.convention)}.\par"
    yield from _lists(trial.before)
    caption = f"{trial.heading}: printed numbers as reported and as recomputed."
    yield r"\begingroup\small"
    yield from _longtable(caption, trial.headings, map(_cells, trial.lines))
    yield r"\endgroup"
    yield r"{\footnotesize\noindent"
    yield rf"Made by {escape(made_by)}" + (f" from {escape(trial.source)}" if trial.source else "") + r".\par\noindent"
    if trial.sha256:
        # Breakable in the middle: 64 characters are wider than many a text block.
        yield rf"SHA-256 {escape(trial.sha256[:32])}\allowbreak {escape(trial.sha256[32:])}.\par\noindent"
    yield rf"Coverage: {escape(trial.coverage)}.\par}}"
    yield from _lists(trial.after)


def _lists(lists: Lists) -> Iterator[str]:
    for heading, lines in lists:
        yield rf"\noindent {heading}"
        yield r"\begin{itemize}"
        for one in lines:
            about = ", ".join(part for part in (one.claims, one.about, one.mark.words) if part)
            yield rf"\item {{}}{escape(f'{about}: {one.text}')}"
        yield r"\end{itemize}"


def render(table: Table) -> str:
    """Return the report as a piece of LaTeX."""
    lines = [
        f"% {NOTE}",
        f"% {table.made_by}. In the preamble: {PREAMBLE}",
        r"\noindent " + escape(NOTE) + r"\par",
    ]
    for trial in table.trials:
        lines += ["", *_trial(trial, table.made_by)]
    return "\n".join(lines) + "\n"


def numbered(table: NumberedTable) -> str:
    """Return a numbered table as a piece of LaTeX, its BibTeX entries in comments."""
    label = rf"\label{{tab:{re.sub('[^0-9A-Za-z]', '-', table.trial)}}}"
    rows = []
    for row in table.rows:
        rows.append(_cells(row.cells))
        rows[-1][-1] += rf"\textsuperscript{{{', '.join(row.marks)}}}" if row.marks else ""
    lines = [
        f"% In the preamble: {PREAMBLE}",
        *(f"% {line}" for line in table.bibtex.splitlines()),
        r"\begingroup\small",
        rf"\setcounter{{table}}{{{table.number - 1}}}",
        *_longtable(table.caption, table.headings, rows, label),
        r"\footnotesize\raggedright",
        *(rf"\noindent\textsuperscript{{{letter}}} {escape(text)}\par" for letter, text in table.marked),
        *(rf"\noindent {escape(note)}\par" for note in table.notes),
        r"\endgroup",
    ]
    return "\n".join(lines) + "\n"
