"""The words of a phrase that tell an outcome, and those that tell none."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from trialstats.sources.text.words.of_values import PEOPLE

# Words that tell no outcome.
_SAYING_NOTHING = """
the a an of in for with on at to and or by was were is are be been had has have from as than that this these those it
its their they there which who whom whose respectively versus vs compared group groups arm arms patients patient
participants participant subjects women men children people individuals persons adults results findings conclusion
conclusions methods background median mean average hazard ratio ratios odds relative risk confidence interval
intervals ci percent among between both all each other only also but not no significant significantly statistically
difference differences did does do after before during within over overall study trial treatment treated receiving given
received receive assigned randomised randomized allocated comparison against while whereas similar higher lower
greater less more increased decreased reduced reduction increase decrease improved improvement p value values hr rr
adjusted n rate rates estimated estimate estimates observed reported found showed achieved occurred one two three four
five six however when used using experienced developed analysis main months month weeks week days day years year total
number point points intervention control placebo we our us moreover furthermore although active experimental standard
unadjusted crude univariable univariate multivariable stratified effect effects mg kg ml mg/kg resulted resulting max
seen noted proportion percentage event undergone eligible means iqr q1 q3 q1-q3 range sd corresponding md smd wmd
certainty moderate-certainty high-certainty low-certainty very moderate-quality high-quality low-quality evidence
quality studies cox proportional-hazards model two-sided one-sided least squares ls being ranged further approximately
except period population per-protocol intention-to-treat modified itt mitt interim included selected enrolled
remaining about neither nor either addition additional maximum minimum mean±sd per patient-years person-years
patient-year person-year absolute favoring favouring predicted test tests wilcoxon mann-whitney fisher's exact
log-rank rank sum chi-square chi-squared unstratified time-averaged associated approx. nearly almost without baseline
recipients recipient shorter longer fewer better worse larger smaller faster slower earlier later incidence different
rd nnt nntb nnth rrr arr irr smr se sem deviation error weighted meta standardised standardized hazards rct rcts ns
differed differ changed rose fell dropped averaged amounted ranging ors hrs rrs aors ahrs mm3 cm3 cm2 m2 mm hg typical
between-group within-group pooled quartiles quartile ranges fully planned randomly including likely seven eight nine
ten eleven twelve together followed namely aor ahr shr liters litres liter litre slightly markedly substantially
numerically considerably nonsignificantly non-significantly january likewise following reached estimable v them
highest lowest alternatively occurring mmhg cmh cmh2o at-risk days-at-risk person-school-days thus hence therefore
thereby consequently accordingly so interquartile trials square least-squares least-squared least-square lsm lsmd
lsmean february march april june july august september october november december jan feb apr jun jul aug sep sept oct
nov dec comparing yielded yields yielding produced producing gave provided half dosage dosages
pretreated i.e e.g statistical cohen's cohen hedges hedges' es amongst least-squares-mean-difference
mean-difference risk-difference model-adjusted covariate-adjusted multivariable-adjusted multivariate-adjusted
baseline-adjusted slowed went down
"""
_STOP = frozenset(_SAYING_NOTHING.split())
_AT_ITS_END = frozenset(("frequent", "frequently", "common", "commonly", "daily", "weekly", "monthly", "once", "twice"))
"""Words that tell how often what stands before them was, or was taken."""
_UNITS_TEXT = "min mins minutes minute hours hour ms sec secs seconds bpm mos units log"
_UNITS_TEXT += " microm micron microns micromol micrograms microg micrometers micrometres hz"
_UNITS_TEXT += " grade grades stage well evident unchanged remained kaplan-meier predefined prespecified pre-specified"
_UNITS_TEXT += " noninferiority non-inferiority superiority demonstrating establishing similarly highly respective"
_UNITS_TEXT += " annualized annualised taking mo wk wks yr yrs hrs woman man child infant adult girl boy"
_UNITS_TEXT += " ng pg mcg nmol mmol pmol mol milliliter milliliters deciliter deciliters kilogram kilograms gram grams"
_SAYS_ALONE = _STOP | frozenset(_UNITS_TEXT.split())
"""Words that tell no outcome, and units and others that tell none where nothing else stands with them."""
_WORD = re.compile(r"[a-zµα-ω0-9][\w'/-]*")


def words_of(part: str) -> list[str]:
    """Return the words of a phrase, with those that tell no outcome."""
    return _WORD.findall(part)


def stems(words: Sequence[str]) -> list[str]:
    """Return the beginnings of the words that tell an outcome: "pain-free" and "pain freedom" speak of one."""
    parts = [part for word in words if word not in _STOP for part in re.split(r"[-/']", word)]
    return [part[:5] for part in parts if len(part) > 2 and part not in _STOP]


def telling(part: str, short: Container[str] = ()) -> list[str]:
    """Return the words of a phrase without what tells no outcome at its ends; empty where nothing is left.

    What ``short`` holds are abbreviations that the text defines: "RR" is its response rate there, and no ratio.
    """
    words = [
        word
        for word in _WORD.findall(part)
        if (not word[0].isdigit() or word in short or (len(word) > 4 and _LETTER.search(word)))
        and not ((word[0] in _UNIT_BEGINS or "/" in word) and _UNIT.match(word))
    ]
    while words and _says_no_more(words, short):
        words.pop()
    while words and words[0] in _STOP and words[0] not in short and tuple(words[:2]) not in _OF_ALL_TOLD:
        words.pop(0)
    if words[:1] in (["once"], ["twice"]) and words[1:2] in (["daily"], ["weekly"]):
        del words[:2]
    told = any((word not in _SAYS_ALONE or word in short) and len(word) > 1 for word in words)
    return words if told else []


def _says_no_more(words: list[str], short: Container[str]) -> bool:
    """Whether the last of some words tells no outcome: "rash was more frequent", but not "side effects"."""
    if words[-1] in _AT_ITS_END or (words[-1] in ("size", "sizes") and words[-2:-1] == ["effect"]):
        return True
    return words[-1] in _STOP and words[-1] not in short and tuple(words[-2:]) not in _PAIRS


_MEASURED_RATES_TEXT = "heart pulse respiratory growth metabolic flow filtration sedimentation beat"
_CONTROLLED_TEXT = (
    "disease symptom local locoregional regional tumor tumour pain glycemic glycaemic glucose asthma pressure seizure"
    " weight infection headache bleeding cycle pelvic intracranial"
)
_PAIRS = {
    *((which, what) for which in ("side", "adverse", "toxic") for what in ("effect", "effects")),
    *((what, "rate") for what in _MEASURED_RATES_TEXT.split()),
    *(("end", what) for what in ("point", "points")),
    ("cumulative", "incidence"),
    *((what, "control") for what in _CONTROLLED_TEXT.split()),
}
_WHICH_OF_ALL = ("survival", "response", "mortality", "satisfaction", "toxicity")
_OF_ALL_TOLD = frozenset(("overall", what) for what in _WHICH_OF_ALL)
"""Where "overall" tells which is meant: "overall survival", beside that without progression."""
_UNIT = re.compile(
    r"(?:mmol|mol|mg|µg|μg|ug|ng|pg|g|ml|dl|iu|u|units?|kg|cm|mm|meq|kcal|kj|cells)/[a-zµμ0-9]{1,5}\b"
    r"|[µμ][a-z]{1,3}[0-9]?(?:/[a-zµμ0-9]*)?$|[a-z]{1,3}/10+$"
    r"|(?:patient|person|participant|subject|wom[ae]n|child(?:ren)?|infant)s?-?(?:exposure|time|years?|months?|weeks?"
    r"|days?)(?:-[a-z]+)?$"
)
_AT_RISK = r"(?:(?: of|-of| at)[ -](?:follow-?up|observation|exposure|treatment|risk)\b)?"
PERSON_TIME = (
    r"(?:\bper|/) ?1(?:0[0, ]*|,000|0,000|00,000)(?: ?\([^()]{1,12}\))?[ -]?(?:[a-z'-]{1,20}[ -]){0,2}?"
    rf"(?:years?|months?|weeks?|days?|pys?)\b{_AT_RISK}"
)
PER_PERSON_TIME = re.compile(PERSON_TIME)
"""What a rate is counted per: "per 100 years of exposure"."""
OF_FOLLOW_UP = re.compile(
    r"(?:[ -](?:years?|months?|weeks?|days?)\b)?'?[ -](?:of )?(?:(?:median|mean|average) )?(?:duration of )?"
    r"follow-?up\b"
)
"""What says behind a time that it is how long patients were followed."""
_UNIT_BEGINS = frozenset("µμpswci")
"""The letters that a unit without a stroke begins with."""
_LETTER = re.compile(r"[a-zµα-ω]")

# What the patients counted did, or were: "12% of patients on placebo had a rash", "nine died".
_VERBS_TEXT = (
    "had have has developed experienced died withdrew achieved received reported required completed progressed lost "
    "did discontinued relapsed responded showed underwent met remained survived reached attained presented stopped "
    "dropped became recovered refused declined tested improved needed suffered demonstrated continued failed "
    "sustained encountered exhibited displayed noticed acquired contracted incurred manifested maintained complained "
    "preferred chose expressed carried retained preserved regained"
)
_VERBS = "|".join(_VERBS_TEXT.split())
_TELL_THEMSELVES_TEXT = (
    "died withdrew completed progressed discontinued relapsed responded underwent survived recovered refused declined "
    "failed"
)
_TELL_THEMSELVES = frozenset(_TELL_THEMSELVES_TEXT.split())
# "12% was seen with placebo", "14 were in the other group": nothing is said of the patients counted.
_NOT_SAID = (
    r"(?! (?:also |then )?(?:observed|seen|found|achieved|reported|noted|recorded|obtained|similar|lower|higher|greater"
    r"|less|longer|shorter|significant(?:ly)?|not|in|at|for|with|on|among|given|assigned|randomi[sz]ed|allocated"
    r"|treated|estimated|calculated|considered)\b)"
)
WHO = re.compile(
    r"[)\]%]{0,3}(?: \([^()]{0,30}\))?(?: of)?(?: (?:the|these|those|them|all|whom|our))?"
    rf"(?: (?:(?!(?:was|were|{_VERBS})\b)[a-z-]{{2,20}} ){{0,2}}?{PEOPLE}\b(?: \([^()]{{0,30}}\))?)?"
)
"""Who is counted, right behind a number: "of the women", "patients"."""
SAYS = re.compile(
    r",? (?:also |only |each |either |subsequently |later |then )?"
    rf"(?P<verb>(?:was|were)\b{_NOT_SAID}|(?:{_VERBS})\b(?! not\b))"
)
"""What those who are counted did, or were."""
DID_NOT = re.compile(r",? (?:(?:who|that) )?(?:did|could) not (?=(?P<what>[a-z-]+(?: [a-z-]+){0,3}))")
"""What leads to what those who are counted did not do."""
OF_AN_ARM = re.compile(
    r"[)\]]?(?: ?-?(?:groups?|arms?|cohorts?|patients|participants|recipients|women|men))*(?: \([^()]{0,30}\))?"
)
"""Between the name of an arm and the verb."""
IN_A_POPULATION = re.compile(
    r"\b(?:in|for|within|among)(?: (?!(?:in|for|of|on|with|and|or|among)\b)[a-z-]+){0,4}"
    r" (?:populations?|[a-z-]*(?:analysis|treat|protocol|safety|efficacy|evaluable) sets?)\b"
    r"|,? ?\b(?:(?:based )?on|using|by|in|under|according to)(?: an?| the)?"
    r" (?:intent(?:ion)?[- ]to[- ]treat|per[- ]protocol)"
    r"(?:[ -](?:analys[ei]s|principles?|basis|approach|cohort|sample))?\b"
)
"""Where a result was found, and not of what: "in the per-protocol population", "by intention to treat"."""
_LEVEL = r"(?:(?:statistical|borderline|marginal|clinical|level of) ){0,2}"
SIGNIFICANCE = re.compile(
    r",?(?: ?\b(?:which|that|both|but|and))?(?: (?:was|were|did|just|not|almost|nearly)){0,3}"
    r" (?:with|of|at|lost|(?:reach|approach|show|reveal|attain|achiev)(?:ed|ing|es|e)?)"
    rf"(?: (?:an?|any|the|no))? {_LEVEL}significance\b"
)
"""What only says that a result was significant or not: "did not reach statistical significance"."""
_GROUND = r"(?:evidence|finding|result|estimate|effect|conclusion)s?\b"
_FIRM = r"(?:low|poor|weak|limited|uncertain|insufficient|inconclusive|sparse|scarce|moderate|high|strong)"
REMARK = re.compile(
    rf"\b(?:quality|certainty|strength|reliability|confidence|(?:un)?certain)"
    rf" (?:of|in|about|for)(?: [a-z]+){{0,2}} {_GROUND}"
    rf"|\bevidence (?:was|is|were|remains?|being)(?: (?:of|very|only|rather)){{0,2}} {_FIRM}\b"
)
"""What only says how far a result can be trusted."""
HOW_MEASURED = re.compile(
    r" ?(?:as )?(?:measured|assessed|defined|evaluated|determined|scored|rated|expressed|calculated|using|based on"
    r"|i\.e|e\.g)\b"
)
"""What only says, in brackets, how an outcome was measured."""
ON_A_SCALE = re.compile(
    r" \((?:(?:[a-z-]+ ){0,2}(?:scale|range)(?: range| of)?[,:]? (?:from )?[0-9]|on an? [0-9a-z -]{0,20}scale\b)"
    r"[^()]{0,90}\)"
)
"""What only says, in brackets, on which scale an outcome was told: "unrest (range, 0 to 9, with 9 being worst)"."""
EVENTS_COUNTED = re.compile(
    r" (?P<what>(?:[a-z-]{3,20} )?(?:deaths|strokes|infections|relapses|recurrences|fractures|falls|exacerbations"
    r"|seizures|infarctions|perforations|withdrawals|dropouts|pregnancies|live births"
    r"|[a-z]{3,16}(?:tions|sions|ages|rrhages|isodes|lapses|ences|omies|bleeds|attacks|events)))\b"
    r"(?! (?:(?:were|was|had) (?:in|due|from)|occurred (?:due|from))\b)"
)
"""What a number counts that no word for patients stands behind: "after 397 deaths"."""
CASES_OF = re.compile(r" (?:[a-z-]{3,20} )?cases of (?!the\b)[a-z]")
MORE_OF = re.compile(
    r"(?:,? (?:and )?[0-9.]+){0,5} (?:fewer|more|less|additional|excess|extra|further) (?=[a-z])(?!than\b)"
)
"""What leads to what there was more or less of: "had 4.2 and 4.8 fewer falls"."""
CORRESPONDING = re.compile(
    r"\b(?:corresponding|respective|equivalent|analogous|comparable|same|these) (?:proportions?|percentages?|figures?"
    r"|values?|numbers?|rates?|results|estimates|frequencies|shares?|prevalences?|counts?)"
    r"(?: (?:for|in|with|among|at) [^;:()0-9]{1,60})? (?:was|were|being|are|reached|averaged|(?:came|amounted) to"
    r"|stood at) $"
)
"""What leads to results of the outcome told before: "the corresponding figures were"."""
AS_BEFORE = re.compile(
    r"(?:^|[.;:]|\band|\bwhile|\bwhereas|\bbut)(?: ?(?:in|with|among|on) [^.;:,()0-9]{2,90},)? ?"
    r"(?:it|they|this|these|the (?:mean|median|average|corresponding)(?: value| level| score| rate)?s?"
    r"|the (?:value|figure|percentage|proportion)s?)"
    r"(?: (?:in|among) [^.;:,()0-9]{2,50}(?:groups?|arms?|cohorts?|controls|patients|recipients))? (?:was|were|being) $"
)
"""What leads to a result with a word for what the sentence before told: "The median was", "it was"."""
LEADS_TO_CORRESPONDING = (" was ", " were ", " being ", " are ", " reached ", " averaged ", " to ", " at ")
"""One of these ends the words that lead to them."""
_AFFECTED = re.compile(
    r"(?:(?: [a-z-]+){0,3} )?(?:(?:improv|reduc|increas|decreas|prolong|lower|delay|shorten|rais|lengthen|enhanc|lessen"
    r"|prevent|worsen|extend|cut|slow|affect|alter|chang|attenuat|ameliorat|diminish|alleviat|reliev|boost|impair"
    r"|disturb|accelerat|mitigat|elevat)(?:e|ed|es|s)?|ha(?:d|s|ve) (?:[a-z]+ ){0,2}effects? on|had(?! not\b)"
    r"|experienced|developed|(?:demonstrated|showed|conferred|yielded|provided)(?= an? )"
    r"|included?|includes|with (?:respect|regard) to|in terms of|regarding|concerning) "
    r"(?P<what>[^|]+)$"
)
_OF_OTHERS = re.compile(
    r"(?:[a-z][a-z0-9-]* ){1,6}?(?<!who )(?<!that )(?<!which )"
    r"(?:had(?! not\b)|experienced|developed|(?:demonstrated|showed|conferred|yielded|provided)(?= an? )) "
    r"(?P<what>[^|,;:]+)$"
)
"""What is said behind "than" of others whose name nothing marks: "than those on milk had worse sleep"."""
_ONLY_NAMES = re.compile(r"(?:[a-z|-]+ ){0,5}")
_OF_A_SEX = r"(?:wom[ae]n|m[ae]n|(?:fe)?males?|girls|boys)"
_SEX = re.compile(rf" (?P<sex>{_OF_A_SEX})\b")
SEX_COUNTED = re.compile(rf"[)\]]{{0,2}} (?P<what>{_OF_A_SEX})\b")
"""The sex of those counted, right behind the number: "18 men", "503 (73%) men"."""
SEX_ENDS = re.compile(
    r"(?: (?:patients|participants|subjects|adults|children))? ?(?:[,;)\]]|\.(?: |$)"
    r"|and [0-9]+(?: [(\[][0-9.]+%?[)\]])? (?:wom[ae]n|m[ae]n|(?:fe)?males?|girls|boys)\b)"
)
"""What may stand behind it, where nothing more is said of them."""
A_SEX = re.compile(_OF_A_SEX)
SEX_BEFORE = re.compile(rf"[,;(\[] ?(?P<what>{_OF_A_SEX}),? ?[(\[]?$")
"""The sex of those counted, right before the number: "(women, 61%)"."""


def starts_at(verb: re.Match[str]) -> int:
    """Return where the words for an outcome begin that a verb leads to: with the verb, if it tells something itself."""
    return verb.start("verb") if verb["verb"] in _TELL_THEMSELVES else verb.end()


def affected(part: str) -> str:
    """Return what the second of two arms named is said to have changed: "the drug versus placebo improved sleep".

    Parameters
    ----------
    part : str
        The words behind "versus", with a bar for each name of an arm.
    """
    arm, bar, behind = " ".join(part.split()).rpartition("|")
    form = _AFFECTED if bar else _OF_OTHERS
    found = form.match(behind) if _ONLY_NAMES.fullmatch(arm) else None
    return "" if found is None else found["what"]


def sex_behind(text: str, verb: re.Match[str]) -> str:
    """Return what patients are said to be by a word that tells nothing elsewhere: "53% were women"."""
    found = _SEX.match(text, verb.end()) if verb["verb"] in ("was", "were") else None
    return "" if found is None else found["sex"]
