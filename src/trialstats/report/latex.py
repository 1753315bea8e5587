r"""The report as LaTeX, to be ``\input`` into a document that loads booktabs, longtable and array."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType

from trialstats.report.table import Figure, Row, Table, TrialTable
from trialstats.report.words import NOTE

__all__ = ["escape", "render"]

_CHARACTERS = MappingProxyType(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "$": r"\$",
        "&": r"\&",
        "#": r"\#",
        "%": r"\%",
        "_": r"\_",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
        "<": r"\ensuremath{<}",
        ">": r"\ensuremath{>}",
        "|": r"\textbar{}",
        "`": r"\textasciigrave{}",
        "'": r"\textquotesingle{}",
        '"': r"\textquotedbl{}",
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
        "–": r"\textendash{}",
        "—": r"\textemdash{}",
        "α": r"\ensuremath{\alpha}",
        "β": r"\ensuremath{\beta}",
        "χ": r"\ensuremath{\chi}",
        "²": r"\ensuremath{^2}",
    }
)
_SPECIAL = re.compile("[" + re.escape("".join(_CHARACTERS)) + "]")
_COLUMNS = (
    r">{\raggedright\arraybackslash}p{0.16\linewidth}"
    r">{\raggedright\arraybackslash}p{0.17\linewidth}"
    r">{\raggedright\arraybackslash}p{0.17\linewidth}"
    r">{\raggedright\arraybackslash}p{0.22\linewidth}"
    r">{\raggedright\arraybackslash}p{0.14\linewidth}"
)
_HEADINGS = "Claim & As reported & As recomputed & By which data and convention & Verdict"


def escape(text: str) -> str:
    r"""Return text that LaTeX sets as it is, on one line.

    Examples
    --------
    >>> print(escape("50% & P < .05"))
    50\% \& P \ensuremath{<} .05
    """
    return _SPECIAL.sub(lambda found: _CHARACTERS[found[0]], " ".join(text.split()))


def _verdict(row: Row) -> str:
    return row.verdict.printed + (f" ({row.remark})" if row.remark else "")


def _figure(figure: Figure) -> Iterator[str]:
    row = figure.main
    texts = (", ".join(figure.reported), ", ".join(figure.recomputed), row.how, _verdict(row))
    # Ids are long words: they may break after a point.
    name = escape(figure.claim).replace(".", r".\allowbreak{}")
    if figure.label:
        name += rf" \footnotesize {escape(figure.label)}"
    cells = (name, *map(escape, texts))
    # A group keeps a cell that begins with [ or * from being read as an option of the \\ before it.
    yield " & ".join(f"{{{cell}}}" for cell in cells) + r" \\"
    for one in figure.listed:
        how = f"{one.check}: {one.how}" if one.how else one.check
        yield f" & & & {{\\footnotesize {escape(how)}}} & {{\\footnotesize {escape(one.verdict.printed)}}} \\\\"


def _trial(trial: TrialTable, made_by: str) -> Iterator[str]:
    yield r"\begingroup\small"
    yield r"\begin{longtable}{@{}" + _COLUMNS + "@{}}"
    yield rf"\caption{{{escape(trial.heading)}: printed numbers as reported and as recomputed.}}\\"
    yield r"\toprule"
    yield _HEADINGS + r" \\"
    yield r"\midrule\endfirsthead"
    yield r"\toprule"
    yield _HEADINGS + r" \\"
    yield r"\midrule\endhead"
    yield r"\bottomrule\endfoot"
    for figure in trial.figures:
        yield from _figure(figure)
    yield r"\end{longtable}"
    yield r"\endgroup"
    yield r"{\footnotesize\noindent"
    yield rf"Made by {escape(made_by)}" + (f" from {escape(trial.source)}" if trial.source else "") + r".\par\noindent"
    if trial.sha256:
        # Breakable in the middle: 64 characters are wider than many a text block.
        yield rf"SHA-256 {escape(trial.sha256[:32])}\allowbreak {escape(trial.sha256[32:])}.\par\noindent"
    yield rf"Convention of the paper: {escape(trial.convention)}.\par\noindent"
    yield rf"Coverage: {escape(trial.coverage)}.\par}}"
    notes = [f"{row.claim}, {row.code} {row.check}, {_verdict(row)}: {row.sentences}" for row in trial.to_read]
    notes += [f"{', '.join(claims)}, not checked: {reason}" for reason, claims in trial.not_checked]
    if notes:
        yield r"\begin{itemize}"
        yield from (rf"\item {{}}{escape(note)}" for note in notes)
        yield r"\end{itemize}"


def render(table: Table) -> str:
    """Return the report as a piece of LaTeX."""
    lines = [
        f"% {NOTE}",
        f"% {table.made_by}. In the preamble: \\usepackage{{booktabs,longtable,array,textcomp}}",
        r"\noindent " + escape(NOTE) + r"\par",
    ]
    for trial in table.trials:
        lines += ["", *_trial(trial, table.made_by)]
    return "\n".join(lines) + "\n"
