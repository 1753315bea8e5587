r"""The report as LaTeX, to be ``\input`` into a document that loads booktabs, longtable and array."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from types import MappingProxyType

from trialstats.report.table import Figure, Row, Table, TrialTable
from trialstats.report.words import NOTE

__all__ = ["PREAMBLE", "columns", "escape", "render"]

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
_WIDTHS = (0.16, 0.17, 0.17, 0.22, 0.14)
_WIDTHS_SAMPLED = (0.13, 0.14, 0.14, 0.18, 0.14, 0.11)
_HEADINGS = ("Claim", "As reported", "As recomputed", "By which data and convention", "Verdict")


def columns(widths: Sequence[float]) -> str:
    """Return the columns of a longtable: ragged paragraphs of these shares of the line."""
    return "".join(rf">{{\raggedright\arraybackslash}}p{{{width}\linewidth}}" for width in widths)


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


def _verdict(row: Row) -> str:
    return row.verdict.printed + (f" ({row.remark})" if row.remark else "")


def _figure(figure: Figure, sampled: bool) -> Iterator[str]:
    row = figure.main
    by_sampling = (figure.mcmc,) if sampled else ()
    texts = (", ".join(figure.reported), ", ".join(figure.recomputed), row.how, *by_sampling, _verdict(row))
    # Ids are long words: they may break after a point.
    name = escape(figure.claim).replace(".", r".\allowbreak{}")
    if figure.label:
        name += rf" \footnotesize {escape(figure.label)}"
    cells = (name, *map(escape, texts))
    # A group keeps a cell that begins with [ or * from being read as an option of the \\ before it.
    yield " & ".join(f"{{{cell}}}" for cell in cells) + r" \\"
    for one in figure.listed:
        how = f"{one.check}: {one.how}" if one.how else one.check
        further = ["", "", "", f"{{\\footnotesize {escape(how)}}}", f"{{\\footnotesize {escape(one.verdict.printed)}}}"]
        if sampled:
            further.insert(4, "")
        yield " & ".join(further) + r" \\"


def _trial(trial: TrialTable, made_by: str) -> Iterator[str]:
    if trial.convention:
        yield rf"\noindent Convention of the paper: {escape(trial.convention)}.\par"
    yield r"\begingroup\small"
    headings = " & ".join((*_HEADINGS[:4], "By MCMC", _HEADINGS[4]) if trial.sampled else _HEADINGS)
    yield r"\begin{longtable}{@{}" + columns(_WIDTHS_SAMPLED if trial.sampled else _WIDTHS) + "@{}}"
    yield rf"\caption{{{escape(trial.heading)}: printed numbers as reported and as recomputed.}}\\"
    yield r"\toprule"
    yield headings + r" \\"
    yield r"\midrule\endfirsthead"
    yield r"\toprule"
    yield headings + r" \\"
    yield r"\midrule\endhead"
    yield r"\bottomrule\endfoot"
    for figure in trial.figures:
        yield from _figure(figure, trial.sampled)
    yield r"\end{longtable}"
    yield r"\endgroup"
    yield r"{\footnotesize\noindent"
    yield rf"Made by {escape(made_by)}" + (f" from {escape(trial.source)}" if trial.source else "") + r".\par\noindent"
    if trial.sha256:
        # Breakable in the middle: 64 characters are wider than many a text block.
        yield rf"SHA-256 {escape(trial.sha256[:32])}\allowbreak {escape(trial.sha256[32:])}.\par\noindent"
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
        f"% {table.made_by}. In the preamble: {PREAMBLE}",
        r"\noindent " + escape(NOTE) + r"\par",
    ]
    for trial in table.trials:
        lines += ["", *_trial(trial, table.made_by)]
    return "\n".join(lines) + "\n"
