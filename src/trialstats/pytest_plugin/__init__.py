"""The pytest plugin: trial files as test items, one for each claim and check.

``pytest seeds/`` reanalyses every trial file in the folder, once, and gives each finding an item such as
``seeds/alienor.toml::orr.combination::proportion-interval``. An item passes where the verdict is the one that the trial
file expects, by default anything but *no explanation found*; *hard to explain* passes and is listed in the summary,
unless the setting ``trialstats_fail_on`` is ``strained``. It is skipped, with its reason, where there was nothing to
check the claim against.

pytest imports this module at its start in every project of an environment, so it imports nothing but pytest;
trialstats and numpy come in when a trial file is collected.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from trialstats.findings import Finding
    from trialstats.pytest_plugin.outcome import Reanalysed

__all__ = ["TrialClaim", "TrialFile", "TrialItem"]

_LOOK = 1 << 16
# Two of these three lines make a trial file, so that one with a slip in the third still gets its sentence.
_SIGNS = tuple(
    re.compile(sign, re.MULTILINE) for sign in (rb"^\s*schema\s*=\s*\d", rb"^\s*\[\s*trial\s*\]", rb"^\s*\[\[\s*rows\b")
)
_FILES = pytest.StashKey[frozenset[Path]]()
_UNKNOWN = "trialstats_unknown"
_QUESTION = "trialstats_question"
_GRADES = ("inconsistent", "strained", "never")  # as findings.FAIL_ON, which is not imported at pytest's start


# ---- Options ---------------------------------------------------------------------------------------------------------
def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option and the setting."""
    parser.getgroup("trialstats").addoption(
        "--trialstats-select",
        action="append",
        default=[],
        metavar="NAMES",
        help="Of trial files, only these checks (names or codes) or claims, by commas.",
    )
    parser.addini(
        "trialstats_files",
        "Trial files, as glob patterns from the root directory, one a line or by spaces. "
        "Without it, any .toml that looks like one.",
        type="linelist",
        default=[],
    )
    parser.addini(
        "trialstats_fail_on",
        "Which verdicts do not pass where none is expected: inconsistent (the default), strained (both) or never.",
        default="inconsistent",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Find the files of the setting; they join ``testpaths`` where pytest was given no paths."""
    if (fail_on := config.getini("trialstats_fail_on")) not in _GRADES:
        raise pytest.UsageError(f"trialstats_fail_on: {fail_on!r} is not one of {', '.join(_GRADES)}.")
    config.stash[_FILES] = files = frozenset(_files_of_setting(config))
    if config.args_source is pytest.Config.ArgsSource.TESTPATHS:
        visited = [config.rootpath / name for name in config.args]
        config.args += [str(file) for file in sorted(files) if not any(file.is_relative_to(one) for one in visited)]


def _files_of_setting(config: pytest.Config) -> Iterator[Path]:
    for pattern in _patterns(config):
        try:
            found = list(config.rootpath.glob(pattern))
        except (NotImplementedError, ValueError) as problem:  # what pathlib raises at absolute and at empty patterns
            raise pytest.UsageError(
                f"trialstats_files: {pattern!r} is not a glob pattern from {config.rootpath}: {problem}"
            ) from None
        files = [file for path in found for file in (path.glob("*.toml") if path.is_dir() else (path,))]
        if not files:
            raise pytest.UsageError(f"trialstats_files: {pattern!r} matches no file in {config.rootpath}.")
        yield from files


def _patterns(config: pytest.Config) -> Iterator[str]:
    """Yield the patterns of the setting; a line may hold several, by spaces, unless it is one pattern with spaces."""
    for line in config.getini("trialstats_files"):
        parts = line.split()
        whole = len(parts) == 1 or (not Path(line).is_absolute() and any(config.rootpath.glob(line)))
        yield from (line,) if whole else parts


# ---- Collection ------------------------------------------------------------------------------------------------------
def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> TrialFile | None:
    """Collect a trial file: one that is named, or that the setting names, or without a setting one that looks so."""
    if file_path.suffix != ".toml" or file_path.name == "pyproject.toml":
        return None
    named = parent.session.isinitpath(file_path)
    if not named and parent.config.getini("trialstats_files"):
        named = file_path in parent.config.stash[_FILES]
    elif not named:
        named = _looks_like_a_trial_file(file_path)
    return TrialFile.from_parent(parent, path=file_path) if named else None


def _looks_like_a_trial_file(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            start = file.read(_LOOK)
    except OSError:
        return False
    return sum(sign.search(start) is not None for sign in _SIGNS) >= 2


class TrialFile(pytest.File):
    """A trial file; reanalysed once, when it is collected."""

    def collect(self) -> Iterable[TrialClaim]:
        """Yield its claims."""
        reanalysed = self._reanalysed()
        by_claim: dict[str, list[Finding]] = {}
        for finding in reanalysed.findings:
            by_claim.setdefault(finding.claim, []).append(finding)
        for claim, findings in by_claim.items():
            yield TrialClaim.from_parent(self, name=claim, findings=findings, reanalysed=reanalysed)

    def _reanalysed(self) -> Reanalysed:
        name = _short_path(self.path, self.config)
        try:
            from trialstats.pytest_plugin.outcome import reanalysed

            return reanalysed(self.path, name)
        except ModuleNotFoundError as missing:
            raise self.CollectError(
                f"{name}: reanalysing a trial file needs {missing.name}, which is not installed; "
                "pip install trialstats brings it, and -p no:trialstats leaves trial files alone."
            ) from None
        except Exception as problem:
            from trialstats.errors import TrialstatsError

            if isinstance(problem, TrialstatsError):
                raise self.CollectError(str(problem)) from None
            if os.environ.get("TRIALSTATS_TRACEBACK"):
                raise
            raise self.CollectError(
                f"{name}: we could not finish, by a fault of trialstats ({type(problem).__name__}: {problem}). "
                "Set TRIALSTATS_TRACEBACK=1 to see where, and please report it."
            ) from None


class TrialClaim(pytest.Collector):
    """A claim of a trial file, with the findings of every check that concerns it."""

    def __init__(self, *, findings: Sequence[Finding], reanalysed: Reanalysed, **node: Any) -> None:
        super().__init__(**node)
        self.findings = findings
        self.reanalysed = reanalysed

    def collect(self) -> Iterable[TrialItem]:
        """Yield an item for each check."""
        seen: dict[str, int] = {}
        for finding in self.findings:
            again = seen[finding.check] = seen.get(finding.check, 0) + 1
            name = finding.check if again == 1 else f"{finding.check}-{again}"
            yield TrialItem.from_parent(self, name=name, finding=finding, reanalysed=self.reanalysed)


class TrialItem(pytest.Item):
    """What one check says of one claim."""

    def __init__(self, *, finding: Finding, reanalysed: Reanalysed, **node: Any) -> None:
        super().__init__(**node)
        self.finding = finding
        self.reanalysed = reanalysed
        self.line = reanalysed.line_of(finding)
        if finding.verdict == "unchecked" and finding.expected is None:  # nothing was tested, so nothing has passed
            self.add_marker(pytest.mark.skip(reason=finding.message))

    def runtest(self) -> None:
        """Compare the verdict with the expected one."""
        if not self.finding.is_as_expected(self.config.getini("trialstats_fail_on")):
            from trialstats.pytest_plugin.outcome import UnexpectedVerdictError

            raise UnexpectedVerdictError(self.finding, self.reanalysed, self.line)
        if self.finding.verdict.is_question and self.finding.expected is None:
            # Not a warning: a project that turns warnings into errors did not ask for this to fail.
            self.user_properties.append((_QUESTION, f"{self.finding.verdict.printed}: {self.finding.message}"))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return the finding in words, at its line of the trial file; a traceback only of what is no finding."""
        from trialstats.pytest_plugin.outcome import UnexpectedVerdictError

        if not isinstance(excinfo.value, UnexpectedVerdictError):
            return super().repr_failure(excinfo, style)
        found = excinfo.getrepr(style="value")
        if found.reprcrash is not None:  # where --tb=line and the short summary point to
            found.reprcrash.path = self.reanalysed.name
            found.reprcrash.lineno = self.line or 1
            found.reprcrash.message = excinfo.value.sentence
        if self.config.getoption("tbstyle") == "line":
            found.reprtraceback.reprentries = []
        return found

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return the line of the row, and the item's name for headings."""
        # Not the end of the id: pytest would turn its dots into colons.
        heading = f"{self.name} of {self.finding.claim} in {self.path.name}"
        return self.path, None if self.line is None else self.line - 1, heading


def _short_path(path: Path, config: pytest.Config) -> str:
    try:
        return os.path.relpath(path, config.invocation_params.dir)
    except ValueError:  # another drive
        return str(path)


# ---- Selection -------------------------------------------------------------------------------------------------------
def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the items of the checks and claims named on the command line, and every item of other tests."""
    given = [name.strip() for part in config.getoption("--trialstats-select") for name in part.split(",")]
    names = {name.lower() for name in given if name}
    if not names:
        return
    ours = [item for item in items if isinstance(item, TrialItem)]
    unknown = _unknown_name(given, ours)
    if unknown is not None and not session.testsfailed:  # a file that could not be read may hold the claim
        if not hasattr(config, "workeroutput"):
            raise pytest.UsageError(unknown)
        config.workeroutput[_UNKNOWN] = unknown  # a worker of xdist cannot end the run; its controller can
        items.clear()
        return
    left_out = [item for item in ours if names.isdisjoint(_names_of(item))]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        dropped = set(left_out)
        items[:] = [item for item in items if item not in dropped]


def _names_of(item: TrialItem) -> set[str]:
    finding, trial = item.finding, item.reanalysed.trial.id
    row = finding.claim.partition(".")[0]
    names = (finding.check, finding.code, finding.claim, row, f"{trial}:{finding.claim}", f"{trial}:{row}")
    return {name.lower() for name in names}


def _unknown_name(given: Sequence[str], ours: Sequence[TrialItem]) -> str | None:
    known: set[str] = set().union(*map(_names_of, ours))
    left = [name for name in given if name and name.lower() not in known]
    if not left:
        return None
    from difflib import get_close_matches

    from trialstats.checks import CHECKS

    checks = {word.lower(): word for check in CHECKS for word in (check.name, check.code)}
    for name in left:
        if name.lower() not in checks:
            near = get_close_matches(name.lower(), known | checks.keys(), n=1, cutoff=0.5)
            hint = f" Did you mean {checks.get(near[0], near[0])!r}?" if near else ""
            return (
                f"--trialstats-select: no check and no claim of the {_count(ours)} is called {name!r}.{hint} "
                "Accepted are names and codes of checks (trialstats rules lists them), claims and rows."
            )
    return None


def _count(ours: Sequence[TrialItem]) -> str:
    files = len({item.path for item in ours})
    return f"{files} trial file{'' if files == 1 else 's'} collected"


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Hear from a worker of xdist that a name was unknown."""
    unknown = (getattr(node, "workeroutput", None) or {}).get(_UNKNOWN)
    if unknown is not None:
        setattr(node.config, _UNKNOWN, unknown)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    """Give a run of xdist workers that met an unknown name the status of a usage error."""
    if hasattr(session.config, _UNKNOWN):
        session.exitstatus = pytest.ExitCode.USAGE_ERROR
    yield


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say which name was unknown, and list the questions that passed."""
    if hasattr(config, _UNKNOWN):
        terminalreporter.write_line(f"ERROR: {getattr(config, _UNKNOWN)}", red=True)
    passed = [(one.nodeid, dict(one.user_properties)) for one in terminalreporter.getreports("passed")]
    asked = [(name, properties[_QUESTION]) for name, properties in passed if _QUESTION in properties]
    if asked:
        terminalreporter.write_sep("=", "questions that passed")
        for name, words in asked:
            terminalreporter.write_line(f"{name}: {words}", yellow=True)
