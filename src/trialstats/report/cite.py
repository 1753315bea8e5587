"""How to cite a report: references of trialstats itself and of the trials, as text and as BibTeX."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Protocol

from trialstats.__about__ import __version__

TITLE = "reanalysis of the printed estimates of clinical trials"
RELEASED = 2026
"""Year of this version, as in CITATION.cff."""

_AUTHORS = "The trialstats authors"
SPECIAL = MappingProxyType(
    {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
    | {sign: rf"\{sign}" for sign in "&%$#_"}
)
"""What TeX reads as more than a character, and how it is written."""
_ANY_SPECIAL = re.compile("[" + re.escape("".join(SPECIAL)) + "]")


class Citable(Protocol):
    """What a trial, a paper and the findings of either have: where they were published."""

    @property
    def title(self) -> str | None:
        """Its name."""

    @property
    def registry(self) -> str | None:
        """Its registry number."""

    @property
    def citation(self) -> Mapping[str, str]:
        """Journal, year, volume, issue, pages, doi, pmid, as far as given."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of a list of references."""

    key: str
    r"""For ``\cite``."""
    text: str
    """In words, as in a list of references."""
    bibtex: str
    """One BibTeX entry that also BibLaTeX reads."""


@dataclass(frozen=True, slots=True)
class Citation:
    """What to cite: trialstats with its version, then each trial once."""

    references: tuple[Reference, ...]

    @property
    def text(self) -> str:
        """The references in words, one a line."""
        return "\n".join(reference.text for reference in self.references)

    @property
    def bibtex(self) -> str:
        """The references as a BibTeX file."""
        return "\n".join(reference.bibtex for reference in self.references)

    def __str__(self) -> str:
        return f"{self.text}\n\n{self.bibtex}"


def _escaped(text: str) -> str:
    return _ANY_SPECIAL.sub(lambda found: SPECIAL[found[0]], " ".join(text.split()))


def _entry(kind: str, key: str, fields: Iterable[tuple[str, str]]) -> str:
    lines = [f"  {name:<12} = {{{value}}}," for name, value in fields if value]
    return "\n".join((f"@{kind}{{{key},", *lines, "}")) + "\n"


def _key(name: str, year: str) -> str:
    """Return a key of plain letters and digits: BibTeX takes no others everywhere."""
    return (re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "trial") + (f"-{year}" if year else "")


def software(catalogues: Iterable[str] = ()) -> Reference:
    """Return the reference of trialstats itself, in this version and with the catalogues that were searched.

    Examples
    --------
    >>> print(software(["3"]).text)
    The trialstats authors. trialstats: reanalysis of the printed estimates of clinical trials.
    Version 0.2.0, catalogue 3. Computer software, 2026.
    """
    searched = ", ".join(dict.fromkeys(catalogues))
    version = f"Version {__version__}" + (f", catalogue {searched}" if searched else "")
    fields = (
        ("author", f"{{{_AUTHORS}}}"),
        ("title", f"{{trialstats}}: {TITLE}"),
        ("year", str(RELEASED)),
        ("howpublished", "Computer software"),
        ("note", _escaped(version)),
    )
    text = f"{_AUTHORS}. trialstats: {TITLE}. {version}. Computer software, {RELEASED}."
    return Reference("trialstats", text, _entry("misc", "trialstats", fields))


def trial_reference(name: str, of: Citable) -> Reference | None:
    """Return the reference of a trial's publication, or None where nothing is known of one.

    A trial file holds the trial's name, not its authors or the title of the article: the name stands for both, as that
    of a group, and the DOI or the registry number leads to them.

    Examples
    --------
    >>> from trialstats.claims.model import Paper
    >>> paper = Paper(id="mine", title="MINE-1", citation={"journal": "A Journal", "year": "2020", "volume": "3",
    ...               "issue": "2", "pages": "11-19"})
    >>> reference = trial_reference("mine", paper)
    >>> print(reference.text)
    MINE-1. A Journal 2020;3(2):11-19.
    >>> print(reference.bibtex)
    @article{mine-2020,
      author       = {{MINE-1}},
      title        = {{MINE-1}},
      journal      = {A Journal},
      year         = {2020},
      volume       = {3},
      number       = {2},
      pages        = {11--19},
    }
    <BLANKLINE>
    """
    given = {part: " ".join(text.split()) for part, text in of.citation.items()}
    if not (given or of.title or of.registry):
        return None
    title, registry = of.title or name, of.registry or ""
    key = _key(name, given.get("year", ""))
    fields = (
        ("author", f"{{{_escaped(title)}}}"),
        ("title", f"{{{_escaped(title)}}}"),
        ("journal", _escaped(given.get("journal", ""))),
        ("year", given.get("year", "")),
        ("volume", _escaped(given.get("volume", ""))),
        ("number", _escaped(given.get("issue", "")) if given.get("volume") else ""),
        ("pages", _escaped(re.sub(r"\s*[-–]+\s*", "--", given.get("pages", "")))),
        ("doi", _escaped(given.get("doi", ""))),
        ("note", "; ".join(_escaped(part) for part in (registry, _pmid(given)) if part)),
    )
    kind = "article" if given.get("journal") and given.get("year") else "misc"
    return Reference(key, " ".join(_words(title, registry, given)), _entry(kind, key, fields))


def _pmid(given: Mapping[str, str]) -> str:
    return f"PMID {given['pmid']}" if given.get("pmid") else ""


def _words(title: str, registry: str, given: Mapping[str, str]) -> Iterator[str]:
    yield f"{title} ({registry})." if registry else f"{title}."
    where = " ".join(part for part in (given.get("journal"), given.get("year")) if part)
    issue = given.get("volume", "") + (f"({given['issue']})" if given.get("issue") else "")
    where += (f";{issue}" if issue else "") + (f":{given['pages']}" if given.get("pages") else "")
    if where:
        yield f"{where}."
    if given.get("doi"):
        yield f"doi:{given['doi']}."
    if _pmid(given):
        yield f"{_pmid(given)}."


def cite(trials: Iterable[tuple[str, Citable]], catalogues: Iterable[str] = ()) -> Citation:
    """Return the references of trialstats and of some trials, given with their ids; each has a key of its own."""
    found = [software(catalogues)]
    taken = {found[0].key}
    for name, of in trials:
        reference = trial_reference(name, of)
        if reference is not None:
            found.append(_renamed(reference, taken))
            taken.add(found[-1].key)
    return Citation(tuple(found))


def _renamed(reference: Reference, taken: set[str]) -> Reference:
    key, k = reference.key, 1
    while key in taken:
        k += 1
        key = f"{reference.key}-{k}"
    return replace(reference, key=key, bibtex=reference.bibtex.replace(f"{{{reference.key},", f"{{{key},", 1))
