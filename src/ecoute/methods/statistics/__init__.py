"""Honest figures: proportions, means, marks, comparisons, disclosure control. Pure Python, no dependency."""

from .agreement import kappa, kappa_of
from .alarms import Alarm, Limits, last_period, limits
from .association import Lift, lifts
from .comparisons import Comparison, Direction, Reason, compare_means, compare_proportions, holm
from .control import ControlLimits, p_chart, u_chart
from .disclosure import Suppression, Visibility, suppress_list, suppress_table, visibility
from .marks import (
    FIVE_LEVELS,
    THREE_SMILEYS,
    Contact,
    autonomy,
    contact_marks,
    mark_level,
    mark_of,
    net_satisfaction,
    reachability_level,
)
from .means import Mean, Welch, mean, mean_of, welch
from .pareto import ParetoRow, pareto
from .proportions import (
    Proportion,
    fisher_exact,
    margin,
    newcombe,
    proportion,
    sample_size,
    two_proportions,
    wilson,
)

__all__ = [
    "FIVE_LEVELS",
    "THREE_SMILEYS",
    "Alarm",
    "Comparison",
    "Contact",
    "ControlLimits",
    "Direction",
    "Lift",
    "Limits",
    "Mean",
    "ParetoRow",
    "Proportion",
    "Reason",
    "Suppression",
    "Visibility",
    "Welch",
    "autonomy",
    "compare_means",
    "compare_proportions",
    "contact_marks",
    "fisher_exact",
    "holm",
    "kappa",
    "kappa_of",
    "last_period",
    "lifts",
    "limits",
    "margin",
    "mark_level",
    "mark_of",
    "mean",
    "mean_of",
    "net_satisfaction",
    "newcombe",
    "p_chart",
    "pareto",
    "proportion",
    "reachability_level",
    "sample_size",
    "suppress_list",
    "suppress_table",
    "two_proportions",
    "u_chart",
    "visibility",
    "welch",
    "wilson",
]
