"""The head of a trial file with two arms, to which tests add rows."""

HEAD = """\
schema = 1

[trial]
id = "example"
experimental = "new"
of = { randomised = "60" }

[arms.old]
label = "the old"
of = { randomised = "32" }

[arms.new]
label = "the new"
of = { randomised = "28", untreated = "1" }
"""
