from trialstats.intervals.beta_mixture import BetaMixture as BetaMixture
from trialstats.intervals.binomial import binomial_method as binomial_method
from trialstats.intervals.events import materiality as materiality
from trialstats.intervals.events import schoenfeld_events as schoenfeld_events
from trialstats.intervals.interval import Interval as Interval
from trialstats.intervals.tierney import TIERNEY_ROUTES as TIERNEY_ROUTES
from trialstats.intervals.tierney import log_hazard_ratio as log_hazard_ratio
