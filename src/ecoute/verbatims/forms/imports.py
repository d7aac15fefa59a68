"""Forms of the import: a file, its columns, its services."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ecoute.directory.facade import Scope, ServiceNode
from ecoute.methods.tables import FORMATS, Field, Mapping
from ecoute.methods.tables.fields import SEVERAL
from ecoute.verbatims.import_rules import MAX_UPLOAD, field_words

ACCEPTED = ",".join(f".{name}" for name in FORMATS)


class UploadForm(forms.Form):
    """One file, of a kind we read and of a size we accept."""

    file = forms.FileField(
        label=gettext_lazy("Fichier"),
        help_text=gettext_lazy("CSV, TSV, XLSX, ODS, JSONL ou Parquet, seul ou compressé (zip, gz). 2 Go au plus."),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        error_messages={
            "required": gettext_lazy("Choisissez un fichier."),
            "empty": gettext_lazy("Ce fichier est vide."),
            "max_length": gettext_lazy("Le nom de ce fichier est trop long."),
        },
        max_length=200,
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        suffix = Path(upload.name).suffix.lower().lstrip(".")
        if suffix not in FORMATS:
            raise forms.ValidationError(
                _("Les fichiers « .%(suffix)s » ne sont pas lus. Enregistrez le vôtre en CSV, XLSX ou ODS.")
                % {"suffix": suffix[:12]}
            )
        if upload.size > MAX_UPLOAD:
            raise forms.ValidationError(_("Ce fichier dépasse 2 Go. Coupez-le en plusieurs fichiers."))
        return upload


class ColumnsForm(forms.Form):
    """What each column is, where the words come from, and the service of those that name none."""

    source_name = forms.CharField(
        label=gettext_lazy("Source"),
        max_length=200,
        help_text=gettext_lazy("D’où viennent ces verbatims. Reprenez le même nom pour un fichier plus récent."),
        widget=forms.TextInput(attrs={"list": "sources", "autocomplete": "off"}),
    )
    solicited = forms.BooleanField(
        label=gettext_lazy("On a demandé leur avis à ces personnes (enquête, formulaire)"), required=False
    )
    default_service = forms.TypedChoiceField(
        label=gettext_lazy("Service, quand une ligne n’en désigne aucun"), required=False, coerce=int, empty_value=None
    )

    def __init__(
        self, *args: Any, columns: list[str], mapping: Mapping, nodes: list[ServiceNode], scope: Scope, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.columns = columns
        choices = [(name.value, field_words(name)) for name in Field]
        for number, column in enumerate(columns):
            self.fields[f"c{number}"] = forms.ChoiceField(
                label=column, choices=choices, initial=mapping.field_of(column).value, required=False
            )
        self._offer_services(nodes, scope)

    def _offer_services(self, nodes: list[ServiceNode], scope: Scope) -> None:
        field: Any = self.fields["default_service"]
        field.required = not scope.everything
        nothing = [("", _("Aucun"))] if scope.everything else [("", _("Choisissez un service"))]
        field.choices = nothing + _by_administration(nodes)

    @property
    def column_fields(self) -> list[forms.BoundField]:
        return [self[f"c{number}"] for number in range(len(self.columns))]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        taken: dict[str, str] = {}
        for number, column in enumerate(self.columns):
            chosen = data.get(f"c{number}") or Field.EXTRA
            if chosen in taken and Field(chosen) not in SEVERAL:
                told = {"field": field_words(Field(chosen)), "column": taken[chosen]}
                self.add_error(f"c{number}", _("« %(field)s » est déjà la colonne « %(column)s ».") % told)
            taken.setdefault(chosen, column)
        if Field.TEXT not in taken:
            self.add_error(None, _("Indiquez au moins une colonne « Texte du verbatim »."))
        return data

    def mapping(self) -> Mapping:
        """What the form says now, sound or not (also before it is sent)."""
        fields: dict[Field, tuple[str, ...]] = {}
        for number, column in enumerate(self.columns):
            told = self.data.get(f"c{number}", "") if self.is_bound else self.fields[f"c{number}"].initial
            chosen = Field(told) if told in list(Field) else Field.EXTRA
            fields[chosen] = (*fields.get(chosen, ()), column)
        return Mapping(fields)


def _by_administration(nodes: list[ServiceNode]) -> list[tuple[Any, Any]]:
    """Choices for a long list: each administration with what it holds under its name; ``nodes`` in tree order."""
    top = min((node.depth for node in nodes), default=0)
    dots = "\u00a0\u00a0\u00a0"
    groups: list[tuple[str, list[tuple[int, str]]]] = []
    for node in nodes:
        if node.depth == top or not groups:
            groups.append((node.name, []))
        groups[-1][1].append((node.id, f"{dots * max(0, node.depth - top - 1)}{node.name}"))
    return [(name, held) if len(held) > 1 else held[0] for name, held in groups]


class ServicesForm(forms.Form):
    """For each name that the directory does not know for sure: an existing service, a new one, or none."""

    CREATE, NONE = "create", "none"
    rest = forms.ChoiceField(
        label=gettext_lazy("Les noms qui ne ressemblent à aucun service"), widget=forms.RadioSelect
    )

    def __init__(
        self,
        *args: Any,
        doubtful: list[tuple[str, int, list[tuple[ServiceNode, float]]]],
        may_create: bool,
        default_name: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.names = [name for name, _count, _close in doubtful]
        none = _("Rattacher à « %(name)s »") % {"name": default_name} if default_name else _("Ne pas rattacher")
        create = [(self.CREATE, _("Créer ce service, à classer plus tard"))] if may_create else []
        for number, (name, count, close) in enumerate(doubtful):
            offers = [(str(node.id), node.name) for node, _closeness in close]
            sure = close[0][1] >= 0.8 or not may_create
            self.fields[f"s{number}"] = forms.ChoiceField(
                label=name,
                choices=[*offers, *create, (self.NONE, none)],
                initial=offers[0][0] if sure else self.CREATE,
                help_text=str(count),
            )
        self.fields["rest"].choices = [  # type: ignore[attr-defined]
            *([(self.CREATE, _("Créer ces services, rangés sous « À classer »"))] if may_create else []),
            (self.NONE, none),
        ]
        self.fields["rest"].initial = self.CREATE if may_create else self.NONE

    @property
    def name_fields(self) -> list[forms.BoundField]:
        return [self[f"s{number}"] for number in range(len(self.names))]

    def choices(self) -> dict[str, str]:
        return {name: self.cleaned_data[f"s{number}"] for number, name in enumerate(self.names)}
