"""For all tests: pytest's own means of testing plugins, which may only be asked for here, and no clock on examples."""

from hypothesis import settings

pytest_plugins = ["pytester"]

# How long one example takes says how busy the machine is, not whether the rule holds; benchmarks/ measure time.
settings.register_profile("trialstats", deadline=None)
settings.load_profile("trialstats")
