"""Read the results that stand without an interval: percentages, medians, means with their spread, counts, rates.

A number is a result if its form says so (8 of 32, 5.1 +/- 0.4), if a word for a measure governs it (a median of 12
months), if what is counted follows it (61 women), or if it stands beside a result of its own kind (4.2 and 4.0).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from trialstats.sources.text.counts import Count, value_of_count
from trialstats.sources.text.document import Document
from trialstats.sources.text.measure_words import RATIOS, TIME, Named, named_in
from trialstats.sources.text.roles import role_of

__all__ = ["Value", "counts_people", "find_values"]


@dataclass(slots=True)
class Value:
    """A result without an interval, as token indices (-1 where there is none)."""

    measure: str
    value: int
    first: int
    last: int
    sign: int = 1
    lower: int = -1
    upper: int = -1
    signs: tuple[int, int] = (1, 1)
    spread: str = ""
    x: int = -1
    n: int = -1
    unit: str = ""
    guessed: bool = False
    counted: int | None = None


# What is counted: people, and what happens to them.
_PEOPLE = (
    r"(?:patients?|participants?|subjects?|wom[ae]n|m[ae]n|children|child|adults?|infants?|neonates?|newborns?|boys?|girls?"
    r"|volunteers?|individuals?|people|persons?|pregnancies|mothers|males?|females?|students|residents|adolescents|controls"
    r"|cases|families|eyes|teeth|hips|knees|lesions|tumou?rs|implants|embryos|physicians|nurses|caregivers|households"
    r"|respondents|survivors|recipients|smokers|veterans|athletes|couples|workers|members|users|clients)"
)
_EVENTS = (
    r"(?:deaths?|events?|episodes|infections|strokes?|recurrences?|relapses?|fractures|falls|complications?|withdrawals"
    r"|responses?|responders|progressions?|failures|births|hospitali[sz]ations|admissions|exacerbations|adverse|serious"
    r"|bleeds?|bleeding|cancers?|infarctions|perforations|leaks|discontinuations|dropouts?|drop-outs|opportunities|attacks"
    r"|seizures|reactions|procedures|operations|visits|primary|partial|complete|major|minor|fatal|nonfatal|non-fatal"
    r"|cardiovascular|treatment-related|treatment|toxic|grade|trials|studies|articles|reports|samples|isolates|incident)"
)
_COUNTED = re.compile(rf" (?!(?:groups?|arms?|doses?|times|and|or|to|of|in|vs|versus)\b)(?:[a-z][a-z-]{{1,20}} ){{0,3}}?(?:{_PEOPLE}|{_EVENTS})\b")
_COUNTED_NEXT = re.compile(rf" (?:{_PEOPLE}|death|event|case|infection|stroke|recurrence|relapse|withdrawal|complication)\b")
_DID = re.compile(
    r" (?:of (?:them|these|whom|those) )?(?:withdrew|died|were|was|had|did|received|completed|discontinued|experienced|developed|relapsed"
    r"|responded|achieved|dropped|refused|reported|progressed|remained|met|underwent|showed|required|occurred|declined|failed)\b"
)
_LISTED = re.compile(r"(?:[:(,]|--|\band) $|[:(]$")
_COUNTED_BEFORE = re.compile(rf"\b(?:{_EVENTS}|{_PEOPLE})\b")
_DID_ANY = re.compile(r"[0-9%)] (?:withdrew|died|were|was|had|did|received|completed|met|refused|declined)\b|\brandomi[sz]ed\b")
_WHERE = re.compile(r"\)?,? ?(?:\([^()]{1,30}\) )?(?:in|with|for|on|among|of|receiving|given|from|assigned|who)\b")
_SAMPLES = frozenset("population populations sample trial study set analysis group arm cohort total".split())
# What is counted in words: people, and what happens to them, in the plainest names.
_PLAIN = re.compile(
    rf" (?!(?:groups?|arms?|treatment|clinical|different|other)\b)(?:[a-z][a-z-]{{2,20}} ){{0,3}}?(?:{_PEOPLE}|deaths?|events?|episodes|infections?|strokes?|recurrences?|relapses?"
    r"|fractures?|falls|complications?|withdrawals?|responses|failures|bleeds|cancers|infarctions|perforations|leaks|reactions)\b"
)
_NOT_COUNTED = re.compile(
    r"(?:\b(?:at least|more than|less than|fewer than|up to|approximately|every|the|last|first|next|least|most|or|than|any|each"
    r"|both|into|between|score of|by|one of|mean of|median of|average of) ?|[-/.<>≤≥=×] ?)$"
)
_RATE = re.compile(
    r"(?: ?%)?(?: (?:events?|cases?|episodes?|deaths?|[a-z]+s))? ?(?:/|per) ?(?:100|1[ ,]?000|10[ ,]?000|100[ ,]?000|1[ ,]?000[ ,]?000|person|patient|participant"
    r"|woman|subject|child|year|month|week|day|annum|million|py|pyr?s?\b|\(?patient|hour)[a-z-]*"
    r"(?:[ -](?:person|patient|participant|women|child|subject|years?|days|months|observation|py)[a-z-]*)*"
)
_PER_BEFORE = re.compile(r"\bper (?:year|annum|100|1[ ,]?000|person|patient)[a-z -]{0,24}[ =:(]*(?:was |were |of )?$")
_CHANGE = re.compile(
    r" ?-?(?: ?relative| ?absolute)? ?(?:risk |rate |mean )?(?:(?P<less>reduction|reduced|decrease|decline|lower|less|fewer|fall|drop)"
    r"|(?P<more>increase|increased|higher|greater|more|improvement|rise|excess|gain|better|longer|worse))\b"
)
_CHANGED = re.compile(
    r"(?<!or )\b(?P<verb>reduc\w+|decreas\w+|lower\w*|increas\w+|improv\w+|declin\w+|ros[e]|rises?|fell|fall|drop\w*|gain\w*|chang\w+|prolong\w+|greater"
    r"|higher|fewer|less|risen|loss|lost|shorten\w*)\b(?P<far>[^.;:()0-9]{0,60}?)\b(?:by|of|was|were|is) (?:(?:an?|about|approximately|only|nearly|almost"
    r"|up to|over|around|estimated|mean|average|median|further|additional) )*[-+]?$"
)
_POINTS = re.compile(r" ?-?(?:percentage|absolute|%)[ -]?points?| ?points?\b")
_ABSOLUTE = re.compile(r"\babsolute\b|percentage points?|\brisk differ|\bdiffer")
_QUANTITY = re.compile(
    r"\b(?:hba1c|hba\(1c\)|hb ?a1c|a1c|glycated|glycosylated|ejection fraction|l?vef|fev\(?1\)?|fvc|pef|hematocrit|haematocrit|body fat|ldl|ldl-c|cholesterol"
    r"|triglycerides?|bmd|bone mineral|density|body weight|bmi|saturation|spo2|stenosis|volume|viral load|scores?"
    r"|intensity|blood loss|time in|percent(?:age)? of (?:time|days)|dilation|fmd|coefficient)\b"
)
_CURVE = re.compile(
    r"surviv\w*|\b(?:os|pfs|dfs|efs|rfs|mfs|dmfs|bfs|lrfs|ttp)\b|event-free|relapse-free|disease-free|progression-free|free(?:dom)?\b|kaplan|actuarial"
    r"|cumulative incidence|local control|locoregional control|failure-free"
)
_AT_TIME = re.compile(
    r"\b(?:at|after|for)? ?(?:[0-9]+(?:\.[0-9])?|one|two|three|four|five|six|seven|eight|nine|ten|twelve)[ -](?:year|yr|month|mo|week|day)s?\b"
)
_THRESHOLD = re.compile(r"(?:\b(?:less|greater|more|fewer|lower|higher) than|at least|minimum of|maximum of|up to|over|under|above|below|or) $")
_OF_PEOPLE = re.compile(rf" of (?:(?:the|all|these|those|our|its) )?(?:[a-z-]{{1,20}} ){{0,2}}?{_PEOPLE}")
_ENDED = re.compile(rf"[;)]|[0-9](?![0-9]* {_PEOPLE}\b)")
_SHARED = re.compile(r"achiev|proportions?\b|reach|attain|patients|participants|subjects|responders")
_OF_WHAT = re.compile(r"mean|median")
_BETWEEN_TWO = re.compile(r"\bfrom (?:[a-z]+ ){0,3}(?:[0-9.]+ ?[a-z%/]* to )?$")
_GOING_ON = re.compile(r"%[^.;]{0,60}\b(?:and from|to) (?:[0-9.]+%? ?(?:\([^()]{0,20}\) )?to )?$")
_MEAN_WORDS = re.compile(r"\bmeans?\b|average|±|\+/-")
_DESIGN = re.compile(
    r"\b(?:power|sample size|to detect|alpha|significance level|planned|hypothes|assum|anticipat|expect|were considered"
    r"|will be|defined as|definition|set at|declared if|threshold|acceptance|bioequivalence|considered (?:statistically )?significant|non-?inferiority margin|margin)\b"
)
_CRITERIA = re.compile(r"\b(?:inclusion criteria|eligible (?:patients|participants|subjects|if)|eligibility)\b")
_BY_NAME = re.compile(
    r"(?:hazards? ratios?|odds ratios?|(?:relative|risk|rate|prevalence) (?:risk|ratio)s?|\b[aAcCsSmM]{0,2}(?:hr|rr|HR|RR|OR)s?|relative risks?)\b[\])]{0,2}(?: for [^()0-9.;]{1,50}| \([A-Za-z]{1,4}\)| in [^()0-9.;]{1,30})?"
    r"(?:,| of| was| is|:| =|=| were| to be| ?\()? ?(?:only |about |approximately )?$"
)


def find_values(
    document: Document,
    sizes: Collection[int],
    counts: Sequence[Count] = (),
    named: Sequence[tuple[int, int]] = (),
) -> list[Value]:
    """Return the results of a text that stand without an interval, in order.

    The tokens of the results are marked as used.

    Parameters
    ----------
    document : Document
    sizes : collection of int
        Places in the text where the number of patients of an arm, or of all, is printed.
    counts : sequence of Count
        Percentages that were read with their count: others may stand beside them.
    named : sequence of (int, int)
        Places where an arm is named, in order.
    """
    reader = _Reader(document, frozenset(sizes), counts)
    reader.spreads()
    reader.counts_of()
    reader.pairs()
    reader.singles("dq")
    reader.beside()
    reader.singles("k")
    reader.beside()
    reader.armed(named)
    reader.beside()
    return sorted(reader.found, key=lambda value: value.first)


_SD_FORM = re.compile(r"(?P<v>[dq])u?(?:/[uw])?[,(]?z(?P<s>[dq])")
_SPREAD_FORM = re.compile(
    r"(?P<v>[dq])(?:u(?:/[uw]|w)?|w)?[,;]?(?P<open>\()?(?P<kind>[DI])[)e:,o(w]{0,3}(?P<asign>m?)(?P<a>[dq])"
    r"(?:u?(?:m|t|,|;|a)(?P<bsign>m?)(?P<b>[dqx]))?"
)
_SPREAD_FIRST = re.compile(r"[(,](?:w{0,2})(?P<kind>[DI])[)\]](?:[^SdqDI]{0,40})(?P<v>[dq])u?\((?P<a>[dq])(?:(?:m|t|,|;)(?P<b>[dqx]))?u?\)")
_BARE_SPREAD = re.compile(r"(?P<v>[dq])u?[(](?P<a>[dq])(?:u?(?:m|t|,|;)(?P<b>[dqx]))?u?[)]")
_RANGED = re.compile(r"(?P<a>[dq])[at](?P<b>[dq])")
_RANGING = re.compile(r"(?:between|(?:ranging|ranged|ranges|varying|varied)(?: from| between)?) ?$", re.IGNORECASE)
_COUNT_OF = re.compile(r"(?P<x>[dk])(?:w{0,4}?ow{0,3}|/)(?P<n>d)")
_VERSUS_PAIR = re.compile(r"(?P<a>d)(?:u?,?v(?P<b>d)(?![/zd])|ua(?P<c>d)(?=u))")
_LASTING = re.compile(r"surviv|\b(?:pfs|os|dfs|efs|ttp)\b|(?:duration of|time to) (?:progress|relapse|death|failure|response|remission)|median")
_NUMBER = re.compile(r"[dqk]")


class _Reader:
    """Reads the free numbers of one document."""

    def __init__(self, document: Document, sizes: frozenset[int], counts: Sequence[Count]) -> None:
        self.document = document
        self.sizes = sizes
        self.found: list[Value] = []
        self.seeds = [Value("proportion", count.percent, count.first, count.last, unit="%") for count in counts]
        self.roles: dict[int, str] = {}
        self._named: dict[int, tuple[list[int], list[Named]]] = {}
        self._designs: dict[int, bool] = {}

    # ------------------------------------------------------------------ what is asked of a number
    def free(self, token: int) -> bool:
        document = self.document
        return not document.used[token] and document.tokens.starts[token] not in self.sizes

    def role(self, token: int) -> str:
        if token not in self.roles:
            self.roles[token] = role_of(self.document, token)
        return self.roles[token]

    def named(self, token: int) -> list[Named]:
        """Return the measures named in a number's sentence before it."""
        first, last = self.document.sentence(token)
        starts = self.document.tokens.starts
        if first not in self._named:
            named = named_in(self.document, starts[first], starts[min(last, len(starts) - 1)])
            self._named[first] = [begin for _, begin, _ in named], named
        begins, named = self._named[first]
        here = starts[token]
        return named[bisect_left(begins, here - 260) : bisect_left(begins, here)]

    def before(self, token: int, reach: int = 90) -> str:
        document = self.document
        start = document.tokens.starts[token]
        return document.tokens.text[max(document.tokens.starts[document.sentence(token)[0]], start - reach) : start]

    def cased(self, token: int, reach: int) -> str:
        document = self.document
        start = document.tokens.starts[token]
        return document.cased[max(document.tokens.starts[document.sentence(token)[0]], start - reach) : start]

    def after(self, token: int, reach: int = 60) -> str:
        tokens = self.document.tokens
        return tokens.text[tokens.ends[token] : tokens.ends[token] + reach]

    def add(self, value: Value) -> None:
        for token in (value.value, value.lower, value.upper, value.x, value.n):
            if token >= 0:
                self.document.used[token] = 1
        self.found.append(value)

    def sign(self, token: int) -> int:
        return -1 if self.document.has_sign(token) else 1

    # ------------------------------------------------------------------ forms
    def spreads(self) -> None:
        """Read means with their SD or SE, and medians with their IQR or range."""
        document, letters = self.document, self.document.letters
        for found in _SD_FORM.finditer(letters):
            value, spread = found.start("v"), found.start("s")
            if self.free(value) and self.free(spread):
                kind = "se" if self._is_error(value) else "sd"
                self.add(self._single(value, "mean", lower=spread, spread=kind, last=found.end() - 1))
        for found in _RANGED.finditer(letters):
            lower, upper = found.start("a"), found.start("b")
            if self.free(lower) and self.free(upper) and _RANGING.search(self.before(lower, 30)):
                self._range(lower, upper)
        for expression in (_SPREAD_FORM, _SPREAD_FIRST):
            for found in expression.finditer(letters):
                self._spread(found, document.tokens[found.start("kind")])
        kind = ""
        for found in re.finditer(r"(?P<kind>[DI])|S|" + _BARE_SPREAD.pattern, letters):
            if found["kind"]:
                kind = document.tokens[found.start("kind")]
            elif found["v"] and kind:
                two = found["b"] is not None
                if two == _is_range(kind) and (two or self._in_mean_list(found.start("v"))):
                    self._spread(found, kind)

    def _range(self, lower: int, upper: int) -> None:
        """Read "odds ratios ranging from 0.24 to 0.42": the smallest and largest of several results."""
        named = _BY_NAME.search(_RANGING.sub("", self.cased(lower, 110)) + " ")
        per_cent = self.document.letters[upper] == "q"
        if named is None and not per_cent:
            return
        measure = _ratio(named[0]) if named else self._share(lower, self.before(lower, 160), self.after(upper))
        self.add(
            Value(measure, -1, lower, upper, lower=lower, upper=upper, spread="range", unit="%" if per_cent else "")
        )

    def _in_mean_list(self, token: int) -> bool:
        return _MEAN_WORDS.search(self.before(token, 200)) is not None

    def _is_error(self, token: int) -> bool:
        text = self.document.tokens.text
        words = self.before(token, 120) + self.after(token, 50)
        if "sem" in words or "standard error" in words or "s.e." in words or re.search(r"\bse\b", words):
            return True
        return re.search(r"(?:±|\+/-) ?(?:sem?\b|s\.e|standard error)", text) is not None and "± sd" not in text

    def _spread(self, found: re.Match[str], word: str) -> None:
        value, lower = found.start("v"), found.start("a")
        upper = found.start("b") if found["b"] else -1
        if not self.free(value) or not self.free(lower) or (upper >= 0 and not self.free(upper)):
            return
        ranged = _is_range(word)
        if ranged != (upper >= 0):
            return
        groups = found.groupdict()
        signs = (-1 if groups.get("asign") else 1, -1 if groups.get("bsign") else 1)
        kind = ("iqr" if "q" in word or "centile" in word else "range") if ranged else "se" if "e" in word.replace("dev", "") else "sd"
        if word.startswith("standard"):
            kind = "se" if "err" in word else "sd"
        measure = "median" if ranged else "mean"
        if ranged and any(kind_ == "mean" for kind_, *_ in self.named(value)[-1:]):
            measure = "mean"
        self.add(self._single(value, measure, lower=lower, upper=upper, spread=kind, last=found.end() - 1, signs=signs))

    def counts_of(self) -> None:
        """Read counts with their denominator and without a percentage: 514 of 2605 patients, 12/30."""
        document, letters = self.document, self.document.letters
        for found in _COUNT_OF.finditer(letters):
            x, n = found.start("x"), found.start("n")
            if not (self.free(x) and self.free(n)) or self.role(x):
                continue
            count, size = _whole(document, x), _whole(document, n)
            if count is None or not size or count > size or (letters[x + 1] == "/" and letters[x - 1] in "/w" and letters[x - 1] == "/"):
                continue
            if letters[x + 1] == "/" and (size < 5 or letters[n + 1 : n + 2] in ("/", "u")):
                continue
            if _YEAR.fullmatch(document.digits(n)) or self._is_design(x):
                continue
            of_whom = _COUNTED.match(self.after(n))
            if not of_whom and (size < 5 or document.tokens[x] == "one" or letters[n + 1 : n + 2] == "w" and not _DID.match(self.after(n))):
                continue
            self.add(Value("count", x, x, n, x=x, n=n))

    def pairs(self) -> None:
        """Read two numbers held against each other: 47 versus 32; 4.2 v 5.1 points."""
        document, letters = self.document, self.document.letters
        for found in _VERSUS_PAIR.finditer(letters):
            tokens = found.start("a"), found.start("b" if found["b"] else "c")
            if not all(self.free(token) and not self.role(token) for token in tokens) or self._is_design(tokens[0]):
                continue
            before = self.before(tokens[0], 160)
            if _BY_NAME.search(self.cased(tokens[0], 90)):
                continue
            if counts_people(document, tokens):
                measure = "count"
            else:
                measure = self._governed(tokens[0], before)
                if not measure and self._unit(tokens[1]) in TIME and _LASTING.search(before):
                    measure = "median"
                if not measure and not found["b"]:
                    continue
                plain = all(document.decimals(token) == 0 for token in tokens)
                if not measure and plain and letters[found.end() : found.end() + 1] != "u":
                    continue
            for token in tokens:
                self.add(self._single(token, measure or "mean"))

    def singles(self, letters: str) -> None:
        """Read single numbers written as some letters are, in the order of the text."""
        for found in _NUMBER.finditer(self.document.letters):
            token = found.start()
            if found[0] == "k" and _GOES_ON.search(self.document.letters, max(0, token - 2), token):
                continue  # "hundred" of "one hundred"
            if found[0] in letters and self.free(token) and not self.role(token):
                value = self._percentage(token) if found[0] == "q" else self._number(token)
                if value is not None:
                    self.add(value)

    # ------------------------------------------------------------------ single numbers
    def _single(self, token: int, measure: str, *, last: int = -1, **parts: object) -> Value:
        sign = self.sign(token)
        return Value(measure, token, token - (sign < 0), max(token, last), sign, unit=self._unit(token), **parts)  # type: ignore[arg-type]

    def _unit(self, token: int) -> str:
        document = self.document
        if document.letters[token] == "q":
            return "%"
        at = token + 1
        if document.letters.startswith(("zd", "(d)"), at):
            at += 2 if document.letters[at] == "z" else 3
        return document.tokens[at] if document.letters[at : at + 1] == "u" else ""

    def _is_design(self, token: int) -> bool:
        first, last = self.document.sentence(token)
        if first not in self._designs:
            words = self.document.text_between(first, last)
            criteria = _CRITERIA.search(words) is not None and _DID_ANY.search(words) is None
            self._designs[first] = criteria or _DESIGN.search(words) is not None
        return self._designs[first]

    def _percentage(self, token: int) -> Value | None:
        document = self.document
        before, after = self.before(token, 160), self.after(token)
        relation = document.letters[token - 1 : token]
        if relation in ("r", "z") or self._is_design(token):
            return None
        if _THRESHOLD.search(before) and not _OF_PEOPLE.match(after):
            return None
        if re.match(r" ?(?:ci|power|confidence|of the dose|solution|cream|gel|ointment|lidocaine|dextrose|oxygen|saline|o2)\b", after):
            return None
        if relation == "m" and self.document.letters[token - 2 : token - 1] in ("q", "d") and self.sign(token) > 0:
            return None
        measure = self._share(token, before, after)
        last = self.found[-1] if self.found and measure == "proportion" else None
        if last is not None and last.measure == "mean" and last.unit == "%" and _GOING_ON.search(before[-110:]):
            measure = "mean"  # "from 8.2% to 6.1% with X and from 8.1% to 6.0% with Y"
        if measure in ("proportion", "survival") and (self.sign(token) < 0 or document.value(token) > 100):
            measure = "mean" if self.sign(token) < 0 else "other"
        return self._single(token, measure)

    def _share(self, token: int, before: str, after: str) -> str:
        """Return what a percentage measures."""
        if _RATE.match(after) or _PER_BEFORE.search(before):
            return "rate"
        absolute = _POINTS.match(after) or _ABSOLUTE.search(before[-60:])
        change, changed = _CHANGE.match(after), _CHANGED.search(before)
        names = [kind for kind, _, place in self.named(token) if kind in ("mean", "median", "difference", "relative-reduction")]
        if change or changed or "relative-reduction" in names[-1:]:
            if absolute and "relative" not in before[-60:]:
                return "difference"
            if re.search(r"\b(?:median|mean|average)\b[^.;]{0,40}$", before):
                return "median" if "median" in before[-60:] else "mean"
            return "relative-reduction"
        if _POINTS.match(after) or re.search(r"differences?\b[^.;()0-9]{0,50}$", before):
            return "difference"
        if re.search(r"\bmedian\b[^.;()]{0,80}$", before):
            return "median"
        if re.search(r"\b(?:mean|average)s?\b[^.;()]{0,80}$", before):
            return "mean"
        if _QUANTITY.search(before[-70:]) and not _SHARED.search(before[-110:] + after[:30]):
            return "mean"
        sentence = self.before(token, 300) + after
        near = before[-120:]
        kinds = [kind for kind, begin, _ in self.named(token)[-1:]]
        if kinds == ["proportion"] and not _CURVE.search(near[-25:]):
            return "proportion"
        if _CURVE.search(near) and (_AT_TIME.search(sentence) or "kaplan" in sentence or "actuarial" in sentence or "cumulative" in sentence):
            return "survival"
        return "proportion"

    def _number(self, token: int) -> Value | None:
        document, letters = self.document, self.document.letters
        before, after = self.before(token, 160), self.after(token)
        if letters[token] == "d" and (named := _BY_NAME.search(self.cased(token, 90))) is not None:
            return self._single(token, _ratio(named[0]))
        if letters[token - 1 : token] == "r" or self._is_design(token):
            return None
        if letters[token] == "d" and _RATE.match(after):
            return self._single(token, "rate")
        governed = self._governed(token, before) if letters[token] == "d" else ""
        if governed:
            return self._single(token, governed)
        end = token + 1
        while letters[token] == "k" and (more := _WORDS_ON.match(letters, end)) is not None:
            end = more.end()
        if _whole(document, token) is not None and self._is_count(token, before, self.after(end - 1)):
            value = self._single(token, "count", last=end - 1)
            value.counted = value_of_count(document, token, end) if end > token + 1 else None
            return value
        return None

    def _governed(self, token: int, before: str) -> str:
        """Return the measure whose word governs a number: a median of 12 months; mean scores were 3.1."""
        unit = self._unit(token)
        for kind, begin, place in reversed(self.named(token)):
            between = self.document.tokens.text[place : self.document.tokens.starts[token]]
            if kind == "difference" and (whose := _OF_WHAT.match(self.document.tokens.text, begin)) is not None:
                kind = whose[0]  # "median survival increased from 21"
            if kind == "other" and self.document.tokens.text.startswith("geometric", begin):
                kind = "mean"
            if kind in ("mean", "median"):
                if _ENDED.search(between) or len(between) > 110 or _COUNTED_NEXT.match(self.after(token)):
                    return ""
                return kind
            if kind == "survival" and unit in TIME and not re.search(r"[;(0-9]", between):
                return "median"
            if kind == "difference" and not re.search(r"[;)0-9]", between) and len(between) < 60 and (unit or self.document.decimals(token)):
                return "difference"
            if kind in (*RATIOS, "share", "proportion"):
                return ""
            if kind in ("verb", "noun", "difference") and len(between) < 70 and _BETWEEN_TWO.search(between):
                return "mean"
        if re.search(r"median|average|\bmean\b", before[-25:]):
            return "median" if "median" in before[-25:] else "mean"
        return ""

    def _is_count(self, token: int, before: str, after: str) -> bool:
        document, letters = self.document, self.document.letters
        if letters[max(0, token - 2) : token] == "ne":
            # "patients with nausea (n = 110)": a part of the patients, not the size of a sample or of a mean.
            led = letters[max(0, token - 4) : token - 2]
            return led == "w(" and letters[token + 1 : token + 2] == ")" and document.tokens[token - 4] not in _SAMPLES
        if _NOT_COUNTED.search(before) or letters[token + 1 : token + 2] in ("m", "u", "/"):
            return False
        if letters[token - 1 : token] in ("m", "/", "r", "*", "+"):
            return False
        if document.tokens[token] == "one":
            return bool(_COUNTED_NEXT.match(after) or _DID.match(after))
        small = letters[token] == "k" or document.value(token) < 4
        if (_PLAIN if small else _COUNTED).match(after) or _DID.match(after):
            return before[-4:] != "all "
        # "24 events: five in the one group and nine with the other"
        return bool(_LISTED.search(before) and _WHERE.match(after) and _COUNTED_BEFORE.search(before))

    # ------------------------------------------------------------------ numbers beside the name of an arm
    def armed(self, named: Sequence[tuple[int, int]]) -> None:
        """Read numbers that stand right before or behind the name of an arm: 33 for X and 36 for Y; X, 7.5; Y, 7.2."""
        text, tokens = self.document.tokens.text, self.document.tokens
        ends = [end for _, end in named]
        kinds = {one.value: one.measure for one in (*self.found, *self.seeds)}
        last: tuple[int, str] | None = None  # the last result: its sentence and measure
        for found in _NUMBER.finditer(self.document.letters):
            token = found.start()
            sentence = self.document.sentence(token)[0]
            if token in kinds:
                last = sentence, kinds[token]
                continue
            if not named or found[0] == "q" or not self.free(token) or self.role(token) or self._is_design(token):
                continue
            start, end = tokens.starts[token], tokens.ends[token]
            behind = bisect_left(named, (end,))
            before = bisect_left(ends, start + 1) - 1
            beside = behind < len(named) and named[behind][0] - end < 45 and _TO_NAME.fullmatch(text, end, named[behind][0])
            beside = beside or (before >= 0 and start - ends[before] < 30 and _FROM_NAME.fullmatch(text, ends[before], start))
            measure = self._of_an_arm(token, last[1] if last and last[0] == sentence else "") if beside else ""
            if measure:
                value = self._single(token, measure)
                self.add(value)
                last = sentence, measure

    def _of_an_arm(self, token: int, last: str) -> str:
        """Return the measure of a number beside the name of an arm: that of the result before it, or what words say."""
        whole, before = _whole(self.document, token) is not None, self.before(token, 200)
        if _NOT_COUNTED.search(before[-14:]) and not before.endswith(("of ", "= ", "=")):
            return ""
        unit = self._unit(token)
        if last and (last == "count") == (whole and not unit) and last in ("count", "mean", "median", "rate"):
            return last
        governed = self._governed(token, before) if self.document.letters[token] == "d" else ""
        if governed:
            return governed
        if whole and not unit and _COUNTED_BEFORE.search(before) and not _QUANTITIES.search(before):
            return "count"
        return "mean" if not whole and (_QUANTITIES.search(before) or unit) else ""

    # ------------------------------------------------------------------ parallels
    def beside(self) -> None:
        """Read the free numbers that stand beside a result of their kind: 4.2 and 4 months, 301 ... and 358 in the ..."""
        for value in sorted(self.found + self.seeds, key=lambda one: one.first):
            for step in (1, -1):
                self._chain(value, step)

    def _chain(self, value: Value, step: int) -> None:
        for _ in range(7):
            token = self._next(value, step)
            if token < 0:
                return
            new = self._single(token, value.measure)
            new.unit = new.unit or value.unit
            self.add(new)
            value = new

    def _next(self, value: Value, step: int) -> int:
        document, letters = self.document, self.document.letters
        first, last = document.sentence(value.value)
        if step > 0:
            found = _BEHIND.match(letters, value.last + 1, min(last, value.last + 24))
            token = found.start("v") if found else -1
        else:
            found = _AHEAD.search(letters, max(first, value.first - 14), value.first)
            token = found.start("v") if found else -1
        if found is None or not self.free(token) or self.role(token) not in ("", "dose"):
            return -1
        letter = letters[value.value]
        signless = letter == "q" and letters[token] == "d" and step < 0 and document.value(token) <= 100
        signless = signless and letters[token + 1 : token + 2] != "u"
        if letters[token] != letter and not signless and "k" not in (letters[token], letter):
            return -1
        if "k" in (letter, letters[token]) and value.measure != "count" and document.tokens[token] not in ("none", "zero"):
            return -1
        if value.measure == "count" and _whole(document, token) is None:
            return -1
        between = letters[value.last + 1 : token] if step > 0 else letters[token + 1 : value.first]
        if not re.search(r"[va,]", between):
            return -1
        return token


_WORDS_ON = re.compile(r"a?k")
_GOES_ON = re.compile(r"k[am]?$")
_BEHIND = re.compile(r"(?:\)?u(?:/[uw])?)?[^dqkSP;]{0,16}?(?P<v>[dqk])")
_AHEAD = re.compile(r"(?P<v>[dqk])(?:u(?:/[uw])?)?(?:,|,?a|v|w{0,3}v)w{0,2}[m+]?$")
# Between a number and the name of its arm, behind it or before it.
_TO_NAME = re.compile(
    rf"(?: ?(?:{_PEOPLE}|{_EVENTS}|[a-z]{{1,6}}(?:/[a-z]{{1,4}})?)){{0,2}}[,)]? ?[(]?(?:(?:in|for|with|on|among|of|receiving|given|taking|assigned|randomi[sz]ed to|after|by)"
    r"(?: the| those| patients)?)? ?"
)
_FROM_NAME = re.compile(r"(?:[ -](?:groups?|arms?|patients|participants|women))?(?:,|:| =|=| \(|\(| \[| had| was| were| of| with)* ?")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_QUANTITIES = re.compile(r"\b(?:scores?|means?|medians?|averages?|levels?|concentrations?|duration|time|ratios?|index|number of (?!patients|deaths|events))")


def counts_people(document: Document, tokens: Sequence[int]) -> bool:
    """Whether numbers without a unit, side by side, count patients or events: "more patients needed it (21 v 8)"."""
    if any(_whole(document, token) is None or document.letters[token + 1 : token + 2] == "u" for token in tokens):
        return False
    first = min(tokens)
    start = document.tokens.starts[first]
    begin = max(document.tokens.starts[document.sentence(first)[0]], start - 120)
    words = document.tokens.text[begin:start]
    return _COUNTED_BEFORE.search(words) is not None and _QUANTITIES.search(words) is None


def _is_range(word: str) -> bool:
    """Whether a word for a spread is one of two numbers: a range, quartiles."""
    return not word.startswith(("sd", "se", "st", "s."))


def _whole(document: Document, token: int) -> int | None:
    digits = document.digits(token)
    return int(digits) if digits.isdecimal() and len(digits) < 9 else None


def _ratio(words: str) -> str:
    words = words.lower()
    if "hazard" in words or re.search(r"hrs?\b", words):
        return "hazard-ratio"
    if "odds" in words or re.search(r"\b[a-z]{0,2}ors?\b", words):
        return "odds-ratio"
    return "risk-ratio"


def iter_tokens(value: Value) -> Iterator[int]:
    """Yield the tokens of a value's numbers."""
    yield from (token for token in (value.value, value.lower, value.upper, value.x, value.n) if token >= 0)
