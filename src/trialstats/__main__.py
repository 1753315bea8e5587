"""So that ``python -m trialstats`` is the command line."""

from trialstats.cli import main

if __name__ == "__main__":
    main()
