"""The version, alone so that the build and ``--version`` can read it without importing anything else."""

__version__ = "0.2.0"
