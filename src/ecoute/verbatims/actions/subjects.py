"""What people decide about a subject that the machine proposes."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from ecoute.core import audit
from ecoute.verbatims.actions.themes import add_new_theme
from ecoute.verbatims.models import Codebook, DiscoveredSubject, Theme, Verbatim

EXAMPLES = 8  # exemplary verbatims given to the new theme: enough for the coder to recognise it
LONGEST_EXAMPLE = 300


@transaction.atomic
def adopt_subject(*, subject: DiscoveredSubject, label: str, parent: Theme | None, by: Any) -> Theme:
    """Makes a theme of the subject, under ``parent``, with its exemplary quotes as examples and its phrases as cues.

    The codebook takes a new version; nothing is recoded until somebody asks. Writes an audit entry.
    """
    theme = add_new_theme(
        codebook=parent.codebook if parent else Codebook.objects.filter(is_active=True).earliest("pk"),
        by=by,
        label_fr=label,
        parent=parent,
        examples_fr=_examples(subject),
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


@transaction.atomic
def rename_subject(*, subject: DiscoveredSubject, name: str, by: Any) -> None:
    """Gives the subject a name that people understand."""
    subject.name = name[:200]
    subject.save(update_fields=["name"])


def _examples(subject: DiscoveredSubject) -> list[str]:
    texts = dict(Verbatim.objects.filter(pk__in=subject.exemplars).values_list("pk", "text"))
    return [texts[pk][:LONGEST_EXAMPLE] for pk in subject.exemplars if texts.get(pk)][:EXAMPLES]
