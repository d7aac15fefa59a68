"""What happened here, for the rooms above. A receiver enqueues work: nothing heavy in the sender's time."""

from django.dispatch import Signal

# Sent without arguments once a run has understood at least one verbatim, or coded them anew.
analysed = Signal()
