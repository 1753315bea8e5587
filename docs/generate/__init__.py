"""Pages and pictures of the documentation that are made from code, tests and benchmark results at each build."""
