"""How the numbers of a design statement are written: one table, a row for each name of `claims.plan.PLANNED`.

All forms are of one normalised lower-case sentence; every repetition is bounded. The group ``n`` is the number, ``m`` a
second one. Of forms of one name the first that fits wins, and a number has one name only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,6}(?:\.[0-9]{1,4})?|\.[0-9]{1,4})"
_PER_CENT = r" ?(?:%|per ?cent\b)"
_N, _M = rf"(?<![0-9.,])(?P<n>{_NUMBER})", rf"(?<![0-9.,])(?P<m>{_NUMBER})"
_SHARE, _OTHER_SHARE = rf"{_N}(?:{_PER_CENT})", rf"{_M}(?:{_PER_CENT})"
_PROB = (
    rf"(?<![0-9.,])(?P<n>[0-9]{{1,3}}(?:\.[0-9]{{1,3}})?(?={_PER_CENT})|[01]?\.[0-9]{{1,4}}"
    rf"|[1-9][0-9]?(?= (?:statistical )?power))"
)
_IS = (
    r"(?: ?\b(?:was|is|were|being|set|fixed|level|value|error|rate|probability"
    r"|equal|of|at|to|be|as|the|a|an|for|with|to be)\b|[ :=(,<≤])*"
)
_ABOUT = r"(?: ?(?:at least|approximately|about|around|roughly|nearly|up to|>|≥|~|only|more than|minimum of))?"
_PEOPLE = (
    r"(?:patients?|participants?|subjects?|wom[ae]n|m[ae]n|children|adults?|infants?"
    r"|neonates?|newborns?|boys|girls|pairs"
    r"|persons?|volunteers?|individuals?|people|mothers|students|adolescents|eyes"
    r"|teeth|knees|cases|couples|pregnancies"
    r"|families|physicians|completers|observations|patient|animals|mice|rats|samples)"
)
_ARM = (
    r"(?:groups?|arms?|treatment|cohort|treatment (?:group|arm)|study (?:group"
    r"|arm)|intervention group|condition|sequence)"
)
_EACH = (
    rf"(?:per|in each|in every|for each|for every|in either|in both|of each|each"
    rf"|/) ?(?:of the (?:two |2 |three |3 )?)?(?:[a-z-]{{1,16}} ){{0,2}}?{_ARM}\b"
)
_NEEDED = (
    r"(?:needed|required|necessary|sufficient|adequate|need|requires?|requiring"
    r"|calculated|estimated|planned|recruit\w*"
    r"|enrol\w*|includ\w*|randomi[sz]\w*|accru\w*)"
)
_RECRUITED = (
    r"(?:recruit\w*|enrol\w*|includ\w*|randomi[sz]\w*|register\w*|increas\w*|inflat\w*|target\w*|aim\w*|invit\w*)"
)
_LOST = (
    r"(?:drop(?:ping)?[- ]?outs?|attrition|loss(?:es)?(?: to follow[- ]?up)?|lost(?: to follow[- ]?up)?|withdrawals?"
    r"|withdraw\w*|non-?evaluable|not evaluable|unevaluable|inevaluable|non-?complian\w*"
    r"|non-?complet\w*|missing(?: data)?|ineligib\w*|non-?adheren\w*|excluded"
    r"|lost patients)"
)
_DETECT = (
    r"(?:difference|change|improvement|reduction|increase|decrease|effect|superiority"
    r"|benefit|gain|loss|advantage|decline)"
)
_UNIT = (
    r"(?:[- ]?(?!(?:sd|standard|in|of|on|with|between|for|from|and|per|at|to|or)\b)[a-z/%·]{1,12}"
    r"(?:[0-9]{1,2})?){0,2}?"
)
_TIME = rf"{_N}[- ]?(?P<unit>days?|weeks?|wks?|months?|mo|years?|yrs?)\b"
_LASTS = (
    r"(?: ?\b(?:was|is|were|be|will be|would be|of|over|during|for|at|in|within|to|a|an|the|period|time|duration|phase"
    r"|lasts?|lasting|about|approximately|least|minimum|maximum|total|planned|estimated|expected|up to)\b|[ :=(,])*"
)
_ENTRY = r"(?:accrual|enrol+ment|recruitment|patient entry|inclusion period|accru(?:ed|ing|e))"
_CURVE = (
    r"(?:(?:overall|(?:progression|disease|event|relapse|recurrence|failure|metastasis)[- ]free) )?"
    r"(?:survival|os|pfs|dfs|efs|rfs)\b"
)
CLUSTERS = (
    r"(?:clusters?|practices?|schools?|villages?|clinics?|wards?|hospitals?|class(?:room)?s?|classes|communit(?:y|ies)"
    r"|cent(?:re|er)s?|sites?|households?|facilit(?:y|ies)|nursing homes?|units?|districts?)"
)
_RATE = (
    r"(?:rates?|proportions?|probabilit(?:y|ies)|success|cure|efficacy|response|incidence|survival|prevalence"
    r"|mortality|failure|risk)"
)


def _forms(*expressions: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(one) for one in expressions)


FORMS: Mapping[str, tuple[re.Pattern[str], ...]] = MappingProxyType(
    {
        "power": _forms(
            rf"{_PROB}(?:{_PER_CENT})? ?(?:statistical |study |of )?power\b",
            rf"\bpower(?:ed)?(?: \(1 ?- ?(?:β|beta|b)\))?(?: of the (?:study|trial|test"
            rf"|sample))?{_IS}{_ABOUT} ?{_PROB}",
            rf"\b1 ?- ?(?:β|beta|b)\b\)?{_IS}{_ABOUT} ?{_PROB}",
        ),
        "beta": _forms(
            rf"(?:\bβ|\bbeta\b|\btype (?:ii|2) error(?: rate)?)(?: error)?{_IS}{_ABOUT} ?{_PROB}",
            rf"{_PROB}(?:{_PER_CENT})? (?:β|beta|type (?:ii|2) error)",
        ),
        "alpha": _forms(
            rf"(?:(?<![a-z])α|\balpha\b)(?:[- ]risk| error| level| value)?(?:,? ?\(?(?:one"
            rf"|two|1|2)[- ](?:sided|tailed)\)?,?)?{_IS} ?{_PROB}",
            rf"\b(?:type[- ](?:i|1|one)(?: error)?|false[- ]positive(?: error)?)(?: rate"
            rf"| level| probability)?(?: \((?:α|alpha)\))?(?: of)?{_IS} ?{_PROB}",
            rf"\b(?:significance|significant)(?: level)?(?: \(?(?:α|alpha|p)\)?)?(?: for a "
            rf"(?:one|two|1|2)[- ](?:sided|tailed) test)?{_IS} ?{_PROB}",
            rf"\blevel of (?:statistical )?significance{_IS} ?{_PROB}",
            rf"{_PROB}(?:{_PER_CENT})?,? (?:(?:one|two|1|2)[- ](?:sided|tailed) )?(?:level of "
            rf"(?:statistical )?significance|(?:statistical )?significance(?: level)?|alpha\b"
            rf"|α|type (?:i|1)(?: error)?|level\b|confidence\b|(?:one|two|1|2)[- ](?:sided"
            rf"|tailed))",
            rf"\b(?:one|two|1|2)[- ](?:sided|tailed)(?: (?:stratified )?(?:log-?rank|t|chi-square|z|score))?(?: test)?"
            rf"(?: (?:α|alpha|p))?(?: ?[<=]| of| at)? ?{_PROB}",
            rf"\bp(?:[- ]values?)? ?[<=≤]{_ABOUT} ?{_PROB}",
            rf"\b(?:error|level) (?:was |is )?set at {_PROB}",
            rf"\bpower,? (?:at|and) (?:a |an |the )?{_PROB}",
        ),
        "ratio": _forms(
            rf"(?:\bhazards? ratios?|\bhrs?\b)(?: ?\(hrs?\)| ?\[hrs?\])?(?: (?:for|in|of) "
            rf"(?:[a-z-]{{1,16}} ){{0,4}}?(?=of|=|was|[0-9]))?{_IS}{_ABOUT} ?{_N}",
            rf"{_N} (?:[a-z-]{{1,12}} ){{0,2}}?(?:hazards? ratio|\bhr\b)",
        ),
        "reduction": _forms(
            rf"{_SHARE} (?:[a-z-]{{1,16}} ){{0,2}}?(?:reduction|decrease) (?:in|of) (?:the )?(?:[a-z-]{{1,16}} )?"
            r"hazards?\b",
            rf"\bhazards? (?:[a-z-]{{1,16}} ){{0,5}}?(?:reduction|decrease|reduced|decreased)"
            rf"(?: [a-z-]{{1,12}}){{0,3}}? {_SHARE}",
            r"\b(?:reduction|decrease) (?:in|of) (?:the )?(?:[a-z-]{1,16} )?hazards?(?: (?:of|for) [a-z-]{1,16}){0,2} "
            rf"(?:of|by){_ABOUT} ?{_SHARE}",
        ),
        "icc": _forms(
            r"(?:\bintra-?(?:class|cluster|clinic)(?:[- ]correlation)?(?:[- ]coefficients?)?|\biccs?\b)"
            rf"(?: ?[(\[]iccs?[)\]])?(?: \([^()]{{1,90}}\))?"
            rf"(?: (?:for|in|within|among) (?:[a-z-]{{1,16}} ){{1,6}}?(?=of|=|was))?{_IS}{_ABOUT} ?"
            r"(?P<n>0?\.[0-9]{1,4})",
        ),
        "cluster-size": _forms(
            rf"\b(?:average |mean |fixed )?clusters? sizes?{_IS}{_ABOUT} ?{_N}",
            rf"\bclusters of {_N}",
            rf"{_N} (?:[a-z-]{{1,16}} ){{0,3}}?(?:per|in each|from each|for each|in every|/) ?{CLUSTERS}\b",
        ),
        "correlation": _forms(
            rf"\bcorrelations?(?: coefficient)?(?: (?!of (?:0|\.))[a-z0-9-]{{1,16}}){{0,9}}?{_IS}{_ABOUT} ?"
            rf"(?P<n>0?\.[0-9]{{1,3}})",
        ),
        "margin": _forms(
            rf"\bmargins?(?: ?\([^()]{{1,40}}\))?(?: (?:for|in|on) (?:[a-z-]{{1,16}} ){{1,6}}?(?=of|was|is|at|=))?"
            rf"{_IS}{_ABOUT} ?[-–−±]? ?{_N}",
            rf"{_N}(?:{_PER_CENT}|[- ][a-z]{{1,12}})? (?:[a-z-]{{1,16}} ){{0,2}}?"
            r"(?:non-?inferiority |equivalence )?margin\b",
            rf"\bnon-?inferiority (?:limit|bound|threshold|boundary)s?{_IS}{_ABOUT} ?[-–−±]? ?{_N}",
        ),
        "effect-size": _forms(
            rf"(?:\beffect sizes?(?: as small as)?|\bcohen'?s d|\bstandardi[sz]ed (?:mean )?difference|\bsmd)"
            rf"(?: ?\([^()]{{1,70}}\)){{0,2}}(?: in (?:[a-z-]{{1,16}} ){{1,4}}?(?=of))?"
            rf"{_IS}{_ABOUT} ?(?:d ?= ?)?{_N}(?!{_PER_CENT}|\s?[a-z]*[- ]point)",
            rf"\bd ?= ?{_N}",
            rf"\b{_DETECT}s? (?:[a-z-]{{1,16}} ){{0,4}}?of{_ABOUT} ?{_N}(?: of (?:a|the|one|its))? "
            r"(?:standard deviations?\b|sds?\b)(?! ?[=(])",
        ),
        "sd": _forms(
            rf"(?:\b(?:standard|std\.?) deviations?|\bsds?\b|\bs\.d\.)(?: ?\(sds?\))?"
            rf"(?: of (?:the |a )?(?:paired |mean )?(?:differences?|changes?)\b)?(?: "
            rf"(?:of|for|in) (?:[a-z0-9-]{{1,16}} ){{1,5}}?(?=of|=|was|is|around|to))?"
            rf"{_IS}{_ABOUT}(?: ?(?:is|to be|±))? ?{_N}",
            rf"{_N}{_UNIT} ?\(?(?:standard deviation|\bsd\b)",
        ),
        "lost": _forms(
            rf"{_SHARE}(?: [a-z-]{{1,16}}){{0,3}}? ?(?:/[a-z-]{{1,16}} )?{_LOST}",
            rf"\b{_LOST}(?: rates?)?(?: (?:and|or|/) [a-z-]{{1,16}})?(?: [a-z-]{{1,16}}){{0,6}}? ?\(?"
            rf"(?:of|was|is|=|at|to|be|around|approximately|about|up to|<|controlled at)+ ?"
            rf"{_ABOUT} ?{_SHARE}",
            rf"\b{_LOST}(?: rates?)?[ ,(]{{1,2}}{_SHARE}",
            rf"{_SHARE} of (?:the )?(?:[a-z-]{{1,16}} ){{1,3}}(?:would|will|might|may|could"
            rf"|to)(?: [a-z-]{{1,16}}){{0,3}}? {_LOST}",
        ),
        "clusters-per-arm": _forms(
            rf"{_N} ?(?:\([^()]{{1,20}}\) )?(?:[a-z-]{{1,16}} )?{CLUSTERS} (?:\([^()]{{1,30}}\) )?{_EACH}",
        ),
        "clusters": _forms(
            rf"{_N} (?:[a-z-]{{1,16}} )?{CLUSTERS}\b(?! (?:per|in each|of))",
        ),
        "event-share": _forms(
            rf"\b(?:event|death|failure|progression|recurrence|relapse) (?:rate|probability)(?: (?:of|in|at|for|over)"
            rf" (?:[a-z0-9-]{{1,16}} ){{0,5}}?(?=of|=|was|is))?{_IS}{_ABOUT} ?{_SHARE}",
        ),
        "recruited-per-arm": _forms(
            rf"{_RECRUITED}(?: [a-z-]{{1,16}}){{0,5}}? {_N} (?:[a-z-]{{1,20}} ){{0,3}}?{_EACH}",
        ),
        "per-arm": _forms(
            rf"{_N} ?(?:\([^()]{{1,20}}\) )?(?:[a-z-]{{1,20}} ){{0,5}}?{_EACH}",
            rf"\b(?:each|per) (?:[a-z-]{{1,16}} ){{0,2}}?{_ARM}(?: [a-z-]{{1,16}}){{0,4}}? "
            rf"{_N}(?= (?:[a-z-]{{1,16}} ){{0,2}}?{_PEOPLE}|[ .,;)]|$)",
            rf"{_N} (?:[a-z-]{{1,20}} ){{0,3}}?\(?(?:per|each|/) ?{_ARM}",
        ),
        "events": _forms(
            rf"\bnumber of (?:[a-z-]{{1,16}} ){{0,2}}?(?:events|deaths)(?: (?:needed|required))?"
            rf"(?:[^.;]|\.(?=[0-9])){{0,260}}? (?:was|is|were) {_N}(?![0-9.,]*{_PER_CENT})",
            rf"{_N} (?:(?!control|placebo|per\b)[a-z-]{{1,20}} ){{0,3}}?(?:events|deaths"
            rf"|relapses|recurrences)\b(?! (?:per|in each|in the))",
        ),
        "stage-1": _forms(
            rf"\bfirst (?:stage|step)(?: [a-z-]{{1,16}}){{0,6}}? {_N} (?:[a-z-]{{1,16}} ){{0,2}}?{_PEOPLE}",
            rf"{_N} (?:[a-z-]{{1,16}} ){{0,6}}?(?:in|during|for|into|at|to) (?:the )?(?:first"
            rf"|1st|initial) (?:stage|step)",
            rf"{_N} (?:[a-z-]{{1,16}} ){{0,2}}?{_PEOPLE} (?:[a-z-]{{1,16}} ){{0,4}}?(?:first|1st) (?:stage|step)",
            rf"\bstage (?:1|i|one)(?: [a-z-]{{1,16}}){{0,6}}? {_N} (?:[a-z-]{{1,16}} ){{0,2}}?{_PEOPLE}",
        ),
        "stop": _forms(
            rf"{_N} or (?:fewer|less) (?:[a-z-]{{1,16}} ){{0,3}}?(?:respon\w+|success\w*"
            rf"|patients)[^.;]{{0,60}}(?:first|stage|stop|terminat)",
            rf"(?:≤|at most|no more than) ?{_N} (?:[a-z-]{{1,16}} ){{0,2}}?(?:respon\w+"
            rf"|success\w*)[^.;]{{0,60}}(?:first|stage|stop|terminat)",
        ),
        "recruited": _forms(
            rf"{_RECRUITED}(?: [a-z-]{{1,16}}){{0,6}}? {_N} (?:[a-z-]{{1,20}} ){{0,3}}?{_PEOPLE}",
            rf"{_N} (?:[a-z-]{{1,20}} ){{0,3}}?{_PEOPLE}(?: [a-z-]{{1,16}}){{0,6}}? (?:to )?be (?:{_RECRUITED})",
            rf"{_RECRUITED}(?: [a-z-]{{1,16}}){{0,6}}? {_N}(?=[ .,;)]|$)(?! ?%)",
            rf"\b(?:total|target)(?: [a-z-]{{1,16}}){{0,4}}? {_N}(?! ?%)",
        ),
        "patients": _forms(
            rf"\b(?:total|final|overall|sample)(?: (?:number|sample|size|of|study|population"
            rf"|evaluable|required|estimated|minimum|accrual|enrolment|enrollment|needed"
            rf"|was|is|the|for|a|at|least|trial|in)){{0,7}}[ :=]*{_ABOUT} ?{_N}(?!{_PER_CENT}"
            rf"|[- ](?:point|mm|cm))",
            rf"{_N} (?:[a-z-]{{1,20}} ){{0,3}}?{_PEOPLE}\b(?: [a-z()0-9=/-]{{1,20}}){{0,9}}? {_NEEDED}\b",
            rf"\b{_NEEDED}(?: [a-z-]{{1,16}}){{0,5}}? {_N} (?:[a-z-]{{1,20}} ){{0,3}}?{_PEOPLE}",
            rf"\bn ?= ?{_N}",
            rf"{_N} (?:[a-z-]{{1,20}} ){{0,3}}?in total\b",
            rf"\b(?:with|of|for|if|in|at least|minimum of) {_N} (?:[a-z-]{{1,20}} ){{0,2}}?{_PEOPLE}\b",
            rf"{_N} (?:[a-z-]{{1,20}} ){{0,2}}?{_PEOPLE}\b(?= (?:would|will|gives?|provides?"
            rf"|yields?|had|have|ha[sd]|were|was))",
            rf"^ ?{_N} (?:[a-z-]{{1,20}} ){{0,2}}?{_PEOPLE}\b",
            rf"\bsample size (?:[a-z-]{{1,16}} ){{0,12}}?(?:was|is|of|to be) {_N}(?![0-9.,]*{_PER_CENT})",
        ),
    }
)

TIMES: Mapping[str, tuple[re.Pattern[str], ...]] = MappingProxyType(
    {
        "accrual": _forms(
            rf"\b{_ENTRY}(?: (?:period|time|duration|phase|rate|interval))?{_LASTS}{_TIME}(?![- ](?:of )?follow)",
            rf"{_TIME}(?: of)?(?: (?:uniform|patient|planned|expected|constant))?[- ]{_ENTRY}",
            r"\b(?:accrued|enrolled|recruited|entered|randomi[sz]ed|recruiting)(?: [1-9] ?: ?[1-9])?"
            r"(?: (?:[a-z-]{1,16} ){0,3}?)?"
            rf"(?: ?(?:over|during|within|in|for)) (?:an? )?(?:[a-z-]{{1,12}} ){{0,2}}?(?:period of )?"
            rf"(?:about |approximately )?{_TIME}(?! (?:after|of follow))",
        ),
        "follow-up": _forms(
            rf"\bfollow(?:ed)?[- ]?up(?: (?:period|time|duration|phase))?{_LASTS}{_TIME}"
            r"(?! (?:of )?(?:accrual|recruit))",
            rf"{_TIME}(?: of)?(?: (?:additional|further|minimum|more|extra|patient|the))?[- ]follow[- ]?up",
            rf"\bfollowed(?: up)? ?(?:for|until|to)?(?: (?:at least|minimum of|an? additional|further|another)){{0,2}}"
            rf"{_LASTS}{_TIME}",
        ),
        "duration": _forms(
            rf"\b(?:total |overall )?(?:study|trial) (?:duration|period|length|time){_LASTS}{_TIME}",
            rf"\btotal duration{_LASTS}{_TIME}",
        ),
        "time": _forms(
            rf"{_TIME}[- ]{_CURVE}",
            rf"\b(?:survival|os|pfs|dfs|efs|rfs)(?: rates?| probabilit(?:y|ies))?(?: [a-z-]{{1,12}}){{0,3}}? at "
            rf"{_TIME}",
            rf"{_PER_CENT} (?:survival |alive )?at {_TIME}",
        ),
    }
)
"""How long a trial recruits and follows its patients, and when two rates are expected; ``unit`` is the unit."""
ONE_RATE = _forms(
    rf"\b{_RATE}(?: (?:of|in|for|at|with) (?:[a-z0-9-]{{1,16}} ){{1,7}}?(?=of|is|was|at|to|=))?{_IS}{_ABOUT} ?{_SHARE}",
    rf"{_SHARE} (?:[a-z-]{{1,16}} ){{0,3}}?{_RATE}\b",
)
"""A rate that is expected of both arms alike."""
ONE_CURVE_RATE = _forms(
    rf"(?:\bsurvival|[- ]free)(?: rates?| probabilit(?:y|ies))?(?: (?:of|in|for|at|with) (?:[a-z0-9-]{{1,16}} ){{1,7}}?"
    rf"(?=of|is|was|at|to|=))?{_IS}{_ABOUT} ?{_SHARE}",
    rf"{_SHARE} (?:[a-z0-9-]{{1,16}} ){{0,2}}?(?:{_CURVE}|survival)",
)
ONE_MEDIAN = _forms(
    rf"\bmedian(?: [a-z()-]{{1,16}}){{0,9}}? ?(?:of|was|is|be|=|at)(?: ?about| approximately)? ?{_TIME}"
)
"""What is expected of the control arm where a hazard ratio tells the other."""

# Two numbers at once: what is expected without the treatment and what it shall reach.
PAIRS: Mapping[str, tuple[re.Pattern[str], ...]] = MappingProxyType(
    {
        "proportions": _forms(
            rf"\bfrom(?: an?)?(?: (?!to\b)[a-z-]{{1,16}}){{0,4}}? ?{_N}(?:{_PER_CENT})?[^.;0-9%]{{0,70}}?\bto "
            rf"(?:an? )?(?:[a-z-]{{1,16}} ){{0,3}}?{_OTHER_SHARE}",
            rf"{_SHARE}[^.;0-9%]{{0,90}}?(?:\bversus\b|\bvs?\b\.?|\band\b|\bcompared (?:with"
            rf"|to)\b|\bagainst\b|\brelative to\b|\bto\b|\bthan\b)[^.;0-9%]{{0,70}}?{_OTHER_SHARE}",
            r"\bfrom (?P<n>0?\.[0-9]{1,3}) to (?P<m>0?\.[0-9]{1,3})(?![0-9])",
        ),
        "means-with-sds": _forms(
            rf"{_N} ?(?:±|\+/-|\(± ?|\(sd,? ?=? ?) ?(?P<sd>{_NUMBER})[^.;%0-9]{{0,60}}?"
            rf"\b(?:and|versus|vs\.?|v|to|compared (?:with|to))\b[^.;%0-9]{{0,60}}? {_M} ?"
            rf"(?:±|\+/-|\(± ?|\(sd,? ?=? ?) ?(?P<sds>{_NUMBER})",
        ),
        "means": _forms(
            rf"\bmeans?(?: (?:of|values? of|scores? of)) {_N}{_UNIT}[^.;0-9%]{{0,60}}?\b"
            rf"(?:and|versus|vs\.?|v)\b[^.;0-9%]{{0,40}}? {_M}",
        ),
        "medians": _forms(
            rf"\bfrom(?: an?)?(?: [a-z-]{{1,16}}){{0,3}}? ?{_N}(?: months| years| weeks)? to "
            rf"{_M} (?:months|years|weeks)",
            rf"{_N} (?:months|years|weeks)?[^.;0-9%]{{0,50}}?\b(?:versus|vs\.?|v|and|compared "
            rf"(?:with|to))\b[^.;0-9%]{{0,50}}? {_M} (?:months|years|weeks)",
        ),
        "one-proportion": _forms(
            rf"\b(?:null hypothesis|p0|h0|uninteresting|unacceptable|inacceptable|undesirable"
            rf"|insufficient|not (?:be )?(?:of interest|promising)|ineffective|inefficac\w+"
            rf"|no interest)[^.;0-9%]{{0,80}}?{_N}(?:{_PER_CENT})?[^;0-9%]{{0,120}}?{_M}"
            rf"(?:{_PER_CENT})?",
            rf"\bnull[^.;0-9%]{{0,40}}?{_N}(?:{_PER_CENT})[^;0-9%]{{0,60}}?\balternative[^.;0-9%]{{0,40}}?"
            rf"{_OTHER_SHARE}",
        ),
    }
)
_WORDED = (
    rf"(?<![0-9.,])(?P<n>{_NUMBER}|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty)\b)"
)
DIFFERENCE = _forms(
    rf"{_WORDED}(?P<unit>{_PER_CENT})?(?:[- ](?:[a-z/-]{{1,14}})){{0,4}}? {_DETECT}",
    rf"\b{_DETECT}s?(?: ?(?:of|in))?{_ABOUT} ?{_WORDED}(?P<unit>{_PER_CENT})?",
    rf"\b{_DETECT}s? (?:in|between(?! an? )|for|on) (?:[a-z0-9()-]{{1,20}} ){{1,8}}?of"
    rf"{_ABOUT} ?{_WORDED}(?P<unit>{_PER_CENT})?",
    rf"\bdetect(?:ing)? (?:an? |the )?{_ABOUT} ?{_WORDED}(?P<unit>{_PER_CENT})?"
    r"(?! ?(?:%|v(?:ersus|s)?\b|and\b|compared\b|against\b|to\b))",
)
"""The difference to detect: of means, or of proportions where it is a per cent."""

SIDED = re.compile(r"\b(?P<sides>one|two|1|2)[- ](?:sided|tailed|tail|side)\b")
ALLOCATION = re.compile(r"(?<![\d:.,/])[1-9] ?: ?[1-9](?: ?: ?[1-9]){0,4}(?! ?:|[\d.])")
"""How many patients of one arm there are to those of the others."""
ALLOCATED = re.compile(
    r"(?<!hazard )(?<!hazards )(?<!odds )(?<!risk )(?<!rate )\bratios?\b|\brandomi[sz]|\ballocat|\bassign"
)
"""Words without which unequal numbers so written are none of an allocation."""
SURVIVAL = re.compile(
    r"\bsurvival\b|[- ]free\b|\blog-?rank\b|\bhazards?\b|\btime to\b|\bkaplan|\bevents\b|\b(?:pfs|dfs|efs)\b"
)
"""Words of a design whose effect is on the time to an event."""
AIMS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "noninferiority": re.compile(r"\bnon-?\s?inferior|\bnot (?:be )?(?:inferior|worse)\b"),
        "equivalence": re.compile(r"\bequivalence\b|\bequivalent\b"),
    }
)
PAIRS_TOLD: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "crossover": re.compile(r"\bcross-?\s?over\b"),
        "pairs": re.compile(r"(?<!un)(?<!un-)\bpaired\b|\bwithin-(?:subject|patient|group)\b|\bsplit-mouth\b"),
    }
)
ARMS = re.compile(r"\b(?P<arms>two|three|four|five|2|3|4|5)[- ](?:[a-z-]{1,16} ){0,2}?(?:arms?|groups)\b")
DESIGNS: Mapping[str, str] = MappingProxyType(
    {"minimax": "minimax", "mini-max": "minimax", "optimal": "optimal", "simon": "simon", "two-stage": "simon",
     "two stage": "simon", "single-stage": "single-stage", "single stage": "single-stage", "one-stage": "single-stage",
     "a'hern": "single-stage", "fleming": "single-stage", "single-arm": "single-stage", "single arm": "single-stage"}
)  # fmt: skip
"""Words for designs of one arm, the more telling first."""
_OF_ONE = r"(?:(?!differences?\b|reductions?\b|increases?\b|improvements?\b|changes?\b|margins?\b)[a-z()≤<=-]{1,16} )"
ONE_ARM = re.compile(
    rf"\bhistoric(?:al)?(?:ly)? {_OF_ONE}{{0,4}}?(?:controls?|rates?|data|series|experience|benchmark|value|cohorts?"
    rf"|expected|observed|reported|figure|proportion)\b"
    rf"|\bnull hypothes[ie]s (?:(?:of|that|was|is|being|for|rate|set|at|h0) ){{1,3}}{_OF_ONE}{{0,8}}?{_NUMBER}"
    rf"{_PER_CENT}"
    rf"|\b(?:told|distinguish\w*|discriminat\w*|differentiat\w*|separated) (?:apart )?from {_OF_ONE}{{0,6}}?"
    rf"{_NUMBER}{_PER_CENT}(?! to\b)"
    rf"|\b(?:exclud\w+|reject\w*|rul(?:e|ed|ing) out) {_OF_ONE}{{0,6}}?(?:rate|proportion|probability|activity)s? "
    rf"{_OF_ONE}{{0,4}}?{_NUMBER}{_PER_CENT}"
    rf"|\btrue {_OF_ONE}{{0,3}}?(?:rate|proportion|probability) {_OF_ONE}{{0,4}}?{_NUMBER}{_PER_CENT}"
    rf"|{_NUMBER}{_PER_CENT},? (?:or (?:less|lower|below) )?{_OF_ONE}{{0,4}}?"
    rf"(?:of no (?:further )?interest|uninteresting|unpromising|not (?:of interest|promising|worth\w*))"
    rf"|\b(?:of no (?:further )?interest|uninteresting|unpromising) {_OF_ONE}{{0,6}}?{_NUMBER}{_PER_CENT}"
    rf"|\bone[- ]sample\b|\b(?:exact|one[- ]group) binomial\b|\bsingle[- ]group\b"
)
"""Words of a design that holds the rate of one group against a fixed one."""
TWO_ARMS = re.compile(
    r"\b(?:groups|arms|placebo|controls?(?: (?:group|arm|patients))|randomi[sz]\w*|each (?:group|arm)|per (?:group|arm)"
    r"|(?:between|both|two) (?:groups|arms|treatments))\b"
)
"""Words of two groups, beside which a fixed rate may be that which is expected of one of them."""

_BEYOND_ROWS = {
    "clusters": "cluster, intraclass, intra-class, intracluster, icc, design effect, inflation factor",
    "interim analyses": "interim, sequential, pocock, o'brien, futility, adaptive",
    "a margin": "inferior, equivalen, margin, rule out, bioequivalence",
    "several tests": "bonferroni, multiple comp, multiplicity, co-primary, coprimary, pairwise, holm",
    "a paired design": "crossover, cross-over, paired, mcnemar, within-subject, within-group, split-mouth",
    "another effect": "odds ratio, relative risk, rate ratio, incidence rate, slope",
    "simulation": "simulation",
    "a model": "mixed model, mixed-model, mmrm, ancova, regression, anova, covariance, repeated measure",
    "a rank test": "wilcoxon, mann-whitney, non-parametric, nonparametric",
    "Bayesian inference": "bayes",
    "power found afterwards": "post hoc, post-hoc, retrospective",
    "logarithms": "coefficient of variation, log-transformed",
    "non-compliance": "noncomplian, adheren",
    "a factorial design": "factorial, 2x2",
    "an interaction": "interaction",
    "a selection design": "selection design",
    "accrual and follow-up": "accrual",
}
BEYOND: Mapping[str, str] = MappingProxyType(
    {word: meant for meant, row in _BEYOND_ROWS.items() for word in row.split(", ")}
)
"""Words of a design that no plain formula knows, and what they speak of."""
