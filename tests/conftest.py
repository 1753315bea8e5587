"""For all tests: pytest's own means of testing plugins. It may only be asked for here, at the top."""

pytest_plugins = ["pytester"]
