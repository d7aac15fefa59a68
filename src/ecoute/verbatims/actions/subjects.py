"""What people decide about a subject that the machine proposes."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from ecoute.core import audit
from ecoute.verbatims.actions.themes import add_new_theme
from ecoute.verbatims.models import Codebook, DiscoveredSubject, Theme

EXAMPLES = 8  # exemplary verbatims a new theme learns from: enough for the coder to recognise it


@transaction.atomic
def adopt_subject(*, subject: DiscoveredSubject, label: str, parent: Theme | None, by: Any) -> Theme:
    """Makes a theme of the subject, under ``parent``: it learns from the exemplary verbatims, and its phrases are cues.

    The words themselves stay with the verbatims: every reader sees the codebook, not every reader those verbatims.

    The codebook takes a new version; nothing is recoded until somebody asks. Writes an audit entry.
    """
    theme = add_new_theme(
        codebook=parent.codebook if parent else Codebook.objects.filter(is_active=True).earliest("pk"),
        by=by,
        label_fr=label,
        parent=parent,
        exemplars=subject.exemplars[:EXAMPLES],
        cues=[phrase for phrase in subject.phrases if " " in phrase][:5],
    )
    subject.state, subject.theme, subject.name = DiscoveredSubject.State.ADOPTED, theme, label
    subject.save(update_fields=["state", "theme", "name"])
    audit.record("subjects.adopted", by=by, target=subject, theme=theme.slug)
    return theme


@transaction.atomic
def reject_subject(*, subject: DiscoveredSubject, by: Any) -> None:
    """Sets the subject aside: it is not proposed again. Writes an audit entry."""
    subject.state = DiscoveredSubject.State.REJECTED
    subject.save(update_fields=["state"])
    audit.record("subjects.rejected", by=by, target=subject)


@transaction.atomic
def propose_again(*, subject: DiscoveredSubject, by: Any) -> None:
    """Undoes a rejection. Writes an audit entry."""
    subject.state = DiscoveredSubject.State.PROPOSED
    subject.save(update_fields=["state"])
    audit.record("subjects.proposed_again", by=by, target=subject)
