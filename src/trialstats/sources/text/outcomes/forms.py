"""The forms in which sentences lead from a result to its outcome, before the number and behind it."""

from __future__ import annotations

import re

from trialstats.sources.text.words.of_values import PEOPLE

FOR = re.compile(r"\b(?:for|of)(?: the)? (?P<of>[^()\[\];:=0-9]{3,70}?)(?:,| was| were| is|:| =|=|\(|\[| of)* ?$")
# What stands right before a value that its outcome leads to: "response was", "deaths occurred in", "rash (".
LED_TO = re.compile(
    r"(?:\b(?:was|were|is|are|in|of|at|by|to|from|for|with|had|reached|averaged|rates?|survival|incidence|only|about"
    r"|than|be|versus|vs|approximately|achieved|experienced|showed|reported|received|developed)"
    r"|[(\[=:])[ (\[]*[-+<>≥≤]?$"
)
# "In the per-protocol population, six", "As of July, a total of 301": what leads to nothing but the number.
OPENED = re.compile(
    r"(?:,|^|[.:])(?: and| in total)? ?(?:only|a total of|approximately|about|a further|another|an additional|nearly"
    r"|overall)? ?$"
)
AND_SO_MANY = re.compile(r"[a-z] and (?:only )?$")
A_THING = re.compile(
    r" (?!(?:of|in|with|on|for|at|to|from|and|or|who|had|have|were|was|did|died|v|vs|versus|more|fewer|times|others?"
    rf"|(?:[a-z-]+ )?{PEOPLE})\b)[a-z]"
)
"""What is counted, right behind a number that is joined to another: "four shingles cases and one vein occlusion"."""
OF_PEOPLE = re.compile(r"\)? ?(?:of|patients|participants|subjects|women|men|children|\()")
# A result of its own begins behind one of these: "...; survival was longer (HR".
CLAUSE = re.compile(r"; |\), |\band |\bbut |\bwhereas |\bwhile |, with ")
_A_P = r"(?: ?[(\[]p ?[<>=≤≥]{1,2} ?0?\.[0-9]{1,6}[)\]])?"
REACHED = re.compile(
    r" ?[a-z/%]{0,8} ?(?:with|in|for|on|among|at|before|during|after|over) [^0-9.;:(),]{3,60} to "
    r"(?:(?:an? )?(?:median|mean) (?:of )?)?"
)
"""From a value before to the one after: "fell from 6.4 at entry to 3.1"."""
# Words that only say where: "12% of those on the drug, 14% ..." is of one outcome.
WHERE = re.compile(
    r"[)\]]*(?: (?:days|weeks|months|years|hours|minutes|points?|kg|mm ?hg|[a-zµ]{1,5}/[a-z0-9]{1,4}))?"
    r",? (?:in|for|with|on|among(?:st)?|of|receiving|after|to) (?:[^.;:()0-9,]|(?<=[a-z])[0-9]|(?<= [a-z])\."
    r"|[0-9]+(?:\.[0-9]+)? ?(?:[mµ]?g|mcg|iu|ml)\b){1,60}"
    rf"{_A_P}(?:,|,? and|,? versus|,? vs\.?|,? compared with|,? compared to|,? than) (?:in |for |with |to |by )?"
)
HELD_AGAINST = re.compile(
    r"%?(?: (?!vs?\b)[a-zµ/]{1,8})?[)\]]{0,2}(?:,? (?:as )?(?:vs?\.?|versus|compared (?:with|to)|than))"
    r"(?: (?:in|with|for|among|on|by|after))?(?: (?:the|those|that|only))?(?: [^.;:,()\[\]0-9]{1,60})? ?[(\[]?"
)
"""Between two values of which one is held against the other: "the light (22%) vs the deep (43%) group"."""
LIST_GOES_ON = re.compile(r"%?[)\]]{0,2}(?:,|,? and|,? or) ")
LIST_NEXT = re.compile(
    r"%?[)\]]{0,2}(?:,(?! [a-z])|,? and [0-9]|,? (?:in|for|with|among) (?:the )?[^.;:,()]{0,40}(?:groups?|arms?)\b)"
)
"""What stands behind a value of a list that tells nothing of it."""
OF_NO_MORE = re.compile(r" of (?![^.;:,()]{1,60}? (?:was|were|had|did|have|has|are|is)\b)")
WAS_GIVEN = re.compile(r" \((?:no|with|without) [^()]{2,40}\)")
"""A bracket that only says what an arm was given: "in the late group (no tea) and"."""
WHERE_NEXT = re.compile(r"%?[)\]]?(?: (?:days|weeks|months|years|points|kg))? (?:in|with|on|for|among(?:st)?) ")
SECOND_IN_ORDER = re.compile(r"[)\]]{0,3}(?:,? (?:in|at|for) (?:the )?[a-z0-9 -]{1,30}?)?,? and ")
IN_ORDER = re.compile(r" ?[a-z/%]{0,8}(?: and [0-9.]+)?,? respectively\b(?!,? of\b)")
"""A second row of values in the order of the first: "... in trial 1 (HR 0.9) and 0.11 and 0.10, respectively"."""
WHERE_ONLY = re.compile(r"(?:respectively,? )?(?:in|for|with|on|among|of) [^,;]*")
FOLLOWED = re.compile(
    r"(?<!s of )(?<!\bat )\bfollow(?:ed)?[ -]?up(?: (?:duration|time|period))?(?: (?:was|of|is|for|lasted|averaged))*"
    r"(?: an?(?: (?:median|mean|average))? of)?[ (:,=]*$"
    r"|\b(?:followed(?:[ -]up)?|observed|monitored) for an? (?:median|mean|average) of $"
    r"|\bobservation (?:time|period)(?: (?:was|of|is))*[ (:,=]*$"
)
FOLLOWING = ("follow", "observ", "monitor")
"""One of these stands in what it finds."""
AT_A_MEDIAN = re.compile(
    r"(?:[\s.]{0,3}[a-z ]{4,25}:)?[\s.]{0,4}(?:at|after|with|over|during|by) an? (?:median|mean|average) of "
)
"""What leads a sentence with the time at which it was looked: "At a median of 12 months, survival was"."""
OF_WHAT = re.compile(r"[)\]]* ?(?:from baseline )?(?:for|in|of|on) ")
EACH_FOR = re.compile(
    rf"%?[)\]]{{0,2}} for (?!(?:[a-z-]+ )?{PEOPLE}\b)(?![^.;:()\[\]]{{2,40}} (?:subgroup|cohort|population)s?\b)"
    rf"[a-z][^.;:()\[\]]{{2,60}}{_A_P}(?:,|,? and|, and) $"
)
"""Between two contrasts each of which says behind it what it is of: "4% (95% CI, 2 to 6) for rash and 3% (1 to 5)"."""
FOR_BEFORE_P = re.compile(
    rf" (?P<what>for (?!(?:[a-z-]+ )?{PEOPLE}\b)(?![^.;:()\[\]]{{2,40}} (?:subgroup|cohort|population)s?\b)"
    r"[a-z][^.;:()\[\]0-9]{2,60}) [(\[]p\b"
)
"""Between a ratio without an interval and its P: "an odds ratio of 0.54 for falls (P = .03)"."""
EACH_FOR_NEXT = re.compile(rf"%?[)\]]{{0,2}} for (?!(?:[a-z-]+ )?{PEOPLE}\b)[a-z]")
ACROSS = re.compile(r"%?[)\]]{0,2}(?: (?:days|weeks|months|years))?[)\]]? across ")
"""What leads behind a result to all arms or doses together."""
FOR_WHAT = re.compile(r"%?[)\]]* ?for ")
# "an 18% increase in cost", "a 9% (CI, 7 to 12) risk of gout": of what stands behind.
CHANGE_IN = re.compile(
    r"(?:%?[)\]]{1,2})? ?-?(?:(?:[a-z]{1,12} )?(?:(?:relative|absolute|mean|median|risk) )?(?:reduction|decrease"
    r"|decline|drop|fall|increase|rise|improvement|gain|loss|change|excess|difference|growth|shift|prolongation|elevation|deterioration"
    r"|increment|decrement|(?:lower|rais|short|length|slow|wors)(?:en)?ing)s? (?:in|of)"
    r"|(?:(?:higher|lower|increased|reduced|relative|absolute|cumulative|overall) )?"
    r"(?:risk|chance|probability|likelihood)"
    r" (?:of|for)) (?:the |an? )?"
)
TO_AN_ARM = re.compile(
    r"[)\]]?,? ?(?:(?:who (?:were |was )?)?(?:treated|assigned|allocated|randomi[sz]ed|receiving|given|taking) ?)?"
    r"(?:to (?:receive|take|undergo|get)|in|with|on|to|from|of|for|among|receiving|given|by)?(?: the| those)* ?"
)
AGAINST = re.compile(r"%?[)\]]{0,2} against (?:the )?(?=[a-z])")
"""What leads from an efficacy to what it is held against: "was 71% (95% CI, 60 to 80) against rust"."""
AN_EVENT = re.compile(
    r"(?: had)?(?: at least one| one or more| an| a)? (?P<what>(?:(?:primary|study) )?events?)\b(?! (?:of|in|that)\b)"
)
"""What is said of those who had what a trial counts: "98 patients had had an event"."""
TIMES_HIGHER = re.compile(
    r"(?:[ -]?fold|[ -]times?)? (?:the |an? )?(?:(?:higher|lower|greater|increased|reduced|decreased|elevated|smaller"
    r"|larger) )?(?:relative )?(?:risk|odds|rates?|hazard|likelihood|incidence|probability|chances?) (?:of|for)"
    r" (?:the )?"
)
"""What leads from a ratio to its outcome: "a 1.7 times higher risk of gout", "1.7-fold increased odds of gout"."""
IN_A_PLACE = re.compile(r" (?:at|in|from|with|on) (?:the )?(?:(?!(?:was|were|had|have)\b)[a-z-]{1,20} ?){1,4}(?= )")
"""Where those who are counted are, before what is said of them: "12% of women in rural clinics had"."""
GOES_INTO = re.compile(
    r",? (?:was|were) (?:also )?(?P<what>(?:included|analy[sz]ed|evaluable|eligible|evaluated)"
    r"(?: (?:in|for) (?:the |this |our )?[a-z][a-z/ -]{2,50}?(?=[,.;:()]|$| (?:and|with|of|or)\b))?)"
)
"""What is said of those who count in an analysis: "were included in the final analysis"."""
SIMILAR = re.compile(
    r"(?:\b(?:results?|findings|effects?|estimates?|benefits?) (?:was|were|remained) (?:[a-z]+ly |also |very )?"
    r"(?:similar|consistent|comparable|unchanged|the same|robust|maintained)"
    r" (?:in|among|when|after|across|within|if|using)\b[^;:.]{3}"
    r"|\b(?:this|these|the|the same) (?:effect|benefit|reduction|difference|association|advantage|improvement)s?"
    r" (?:was|were) (?:[a-z]+ly |also |only |even |most ){0,2}(?:evident|seen|present|observed|found|apparent|noted"
    r"|greater|stronger|larger|weaker|smaller|pronounced) (?:in|among|for) (?:(?:the|a|all) )?"
    rf"(?:subgroups? of |(?:[a-z-]+ )?(?:{PEOPLE}|those)\b))[^;:.]{{0,90}}$"
)
"""What leads to another estimate of the outcome told before: "Results were similar in women (HR"."""
ON_FROM_BRACKET = re.compile(
    r"(?:;|,? and|,? but|,? (?:vs?\.?|versus|compared (?:with|to))(?: (?:with|to|in))?) ?(?:in )?"
)
"""What goes on behind a bracket with what was told before it."""
OF_BEFORE = re.compile(
    r"\b(?:this|these|the same) (?:rate|risk|incidence|outcome|measure|frequency|proportion|probability|prevalence)s?"
    r"[ ,(\[]+(?:[a-z]{1,3}[ ,;=]+)?(?:95% ci[:;, ]+)?$"
)
"""What leads to a result of the outcome told before: "tea raised this risk (HR"."""
ANY_OUTCOME = frozenset(
    ("outcome", "outcomes", "end", "points", "point", "endpoint", "endpoints", "end-points", "secondary", "results",
     "key", "other", "efficacy", "clinical", "change", "changes")
)  # fmt: skip
"""Words that only say that an outcome is told."""
ANY_SCORE = frozenset(("change", "changes", "score", "scores", "value", "values", "in", "the", "mean", "md", "of"))
"""Words in a bracket that only say what kind of number stands there: "(mean change scores, 4.2"."""

# "relief: 44% v 31%; PASI 75: 46% v 27%; and ACR20, 31% v 12%"
HEADED = re.compile(
    r"(?:(?:^|(?<=\. )(?=(?:[a-z-]+ ){0,3}[a-z-]+[:,] )|[;:.(]\)? |\) |, )(?:and )?|(?<=[0-9)%]) and"
    rf"|(?<=[a-z]) for(?= [^;:,()]{{2,60}}, $)(?! (?:[a-z-]+ )?(?:{PEOPLE}|both|all|each)\b)) ?"
    r"(?P<what>[a-z][^;:,()]{1,60})(?P<colon>[:,]) $"
)
HEADED_ENDS = re.compile(r"\)?(?:[;.]|$|,? and [a-z][a-z /-]{2,60}, [0-9])")
