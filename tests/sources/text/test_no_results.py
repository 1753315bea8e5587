"""Numbers that look like results, and are limits, scales, formulas, sites or times. The sentences are made up."""

from __future__ import annotations

import pytest

from trialstats.sources.text.reading import extract


@pytest.mark.parametrize(
    "text",
    [
        "Mean comfort was rated (scores range from 0 to 100%, a high one meaning much comfort).",
        "The trial was done at 15 medical cancer centres in two lands.",
        "Rowers had 45 Gy in 30 twice-daily fractions with lumarin.",
        "Births between 23 0/7 and 23 6/7 weeks were looked at.",
        "Roughly 50% of patients might be cured.",
        "Survival to 5 years was alike.",
        "The risk of death at 1 to 5 years was looked at in all patients.",
        "Blood was drawn 3 months after the last dose was given.",
        "Rowers were given: (1) tea in women; (2) milk in women, or (3) water.",
        "In study 2, adults with pain were seen.",
        "Vitamin D(3) alone may help women.",
        "The deletions stand in exon 19 and the others in codon 31.",
        "The primary end point was relief at week 16 (±18% equivalence limits).",
        "Rises of 10 mm Hg or more in pressure were alike.",
        "The change in mood from baseline to 24 weeks was looked at.",
        "The change in mood varied from 1.4 mm upwards.",
        "The bound lies above the clinically relevant difference of -3 mm Hg.",
        "Volume was replaced with 10% HES before the race.",
        "The efficacy of the eye drops (0.5%) was studied.",
        "We used a 2.5% aqueous gel and a 0.3% ophthalmic solution.",
        "Rowers were randomized to receive one of three teas.",
        "Iron and pain were correlated in boys (r = -0.61, -0.58).",
        "In the 6 (th) week all rowers slept.",
        "The ABCD 0215 showed an advantage.",
        "Zoltamine 15, 30, and 60 mg brought greater calm than brimexol 30 and 60 mg.",
        "The rise in zinc (5 or 15 mg/d) was small.",
        "A pressure of 15 mmHg or greater was rare.",
        "Rowers with virus subtype 1 infection slept.",
        "The count was 10 (9) /L in all.",
        "Each rower was treated: one eye with tea and the other with milk, two sittings per eye.",
        "Rowers received zoltamine/brimexol 100/100 mg or 150/100 mg.",
        "Failure was rowing on fewer than 25 of the last 35 days.",
        "End points were time to 8% lasting weight loss and the 30% improvement criteria.",
        "The calm was kept over a further 2 years of follow-up.",
    ],
)
def test_no_result_is_read(text):
    assert [claim.value for claim in extract(text).claims] == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Mean comfort was 41.2% (scores range from 0 to 100%).", ["41.2"]),
        ("Pressure was lower (8 vs 10 cmH 2 O; P = .007).", ["8", "10"]),
        ("The mean 25(OH)D level was 58 nmol/L.", ["58"]),
        ("As many as 14% of all admissions for falls from boats might be avoided.", ["14"]),
        ("Deaths were seen in 15 of 40 cancer patients.", ["15"]),
        ("Nausea was more common with the gel (12%) than with saline (4%).", ["12", "4"]),
        ("In all, 31% needed oxygen and 12% drank alcohol; 44% preferred the cream.", ["31", "12", "44"]),
        ("Relief was had with timolol (61%) and minoxidil (44%).", ["61", "44"]),
        ("Zinc cream 20% healed faster. Zinc cream 20% was safe, and healing was seen in 61% of men.", ["61"]),
        ("Clouds were 3.6 vs 3.1x10 (9) /L in boys and girls.", ["3.6", "3.1"]),
        ("Zinc fell more with tea [(14 +/- 4) vs (20 +/- 5) umol/L, t = 5.3, P < 0.01].", ["14", "20"]),
        ("Pain was less with tea (4.4) than with milk (6.1) 24 hours after surgery (P < 0.05).", ["4.4", "6.1"]),
        (
            "The median zinc decrease 12 h postoperatively was lower in boys (2.1 g/dL) than in girls (3.1 g/dL).",
            ["2.1", "3.1"],
        ),
        ("Sleep was longer from 20 minutes through 6 hours (P < 0.05).", []),
        ("Relief came after 63 and 51 minutes with zoltamine 150 and 300 mg, respectively (P < 0.01).", []),
        ("Blood loss was 320 vs 410 ml.", ["320", "410"]),
        ("Median survival was 9 months after the diagnosis.", ["9"]),
        ("Of all adults in this study 8 women died.", ["8"]),
        ("The odds ratio for a 5 micromol/l increase in serum zinc was 1.2 (95% CI 1.1 to 1.4).", ["1.2"]),
        ("Each 1% decrease in iron was linked to an 11% higher risk of death.", ["11"]),
        ("We found that a 1-unit increase in zinc was associated with gout (OR 1.3; 95% CI 1.1 to 1.5).", ["1.3"]),
        ("Lumarin gave a 5-point improvement in pain.", ["5"]),
        ("In all, 19 women in the milk group had at least one fall compared with 12 in the tea group.", ["19", "12"]),
        ("Sleep was longer, with a 12% increase in women.", ["12"]),
        ("Output was 107 ± 25 with tea and higher with milk (week 24 115 ± 21).", ["107", "115"]),
        ("Clearance was 1.7 +/- 0.5 ml x min(-1) with tea and 0.9 +/- 0.6 ml x min(-1) with milk.", ["1.7", "0.9"]),
        ("Mood changed by a mean (SE) - 22.8 (0.8) points with lumarin.", ["-22.8"]),
    ],
)
def test_the_results_beside_them_are_read(text, values):
    read = [claim.value or claim.x for claim in extract(text).claims if hasattr(claim, "value")]
    assert [one.digits for one in read] == values
