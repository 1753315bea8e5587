"""The catalogue: the ways in which printed numbers come to be printed, and what each costs."""

from trialstats.catalogue.catalogue import LATEST, ORDINARY_BITS, VERSIONS, Catalogue, Convention, load_catalogue

__all__ = ["LATEST", "ORDINARY_BITS", "VERSIONS", "Catalogue", "Convention", "load_catalogue"]
