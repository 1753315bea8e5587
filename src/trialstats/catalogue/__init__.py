"""The catalogue: the ways in which printed numbers come to be printed, and what each costs."""

from trialstats.catalogue.catalogue import LATEST, ORDINARY_BITS, VERSIONS, Catalogue, Entry, load_catalogue
from trialstats.catalogue.convention import PLAIN, Convention

__all__ = ["LATEST", "ORDINARY_BITS", "PLAIN", "VERSIONS", "Catalogue", "Convention", "Entry", "load_catalogue"]
