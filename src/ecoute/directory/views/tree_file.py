"""The tree out to a table, and in from one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views import View

from ecoute.directory.actions.tree_file import import_tree
from ecoute.directory.errors import Refused
from ecoute.directory.forms.services import TreeFileForm
from ecoute.directory.queries.tree_file import tree_file
from ecoute.directory.views.doors import Answering, ForAdministrators


class ExportTree(ForAdministrators, View):
    """The services that the administrator looks after, as a CSV file."""

    def get(self, request: HttpRequest) -> StreamingHttpResponse:
        response = StreamingHttpResponse(tree_file(self.scope), content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = 'attachment; filename="services.csv"'
        return response


class ImportTree(Answering, ForAdministrators, View):
    """A file of services; the result says what was made and which lines were left out."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "directory/import_tree.html", {"form": TreeFileForm()})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = TreeFileForm(request.POST, request.FILES)
        result = None
        if form.is_valid():
            try:
                result = import_tree(content=form.cleaned_data["file"].read(), by=request.user)
            except Refused as refusal:
                form.add_error("file", str(refusal))
        return render(request, "directory/import_tree.html", {"form": form, "result": result})

    def after_refusal(self) -> HttpResponse:
        return redirect("directory:import_tree")
