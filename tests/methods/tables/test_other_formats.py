"""Workbooks, JSON and Parquet."""

from __future__ import annotations

import json
import zipfile
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest
from openpyxl import Workbook

from ecoute.methods.tables import Reject, TableError, guess_columns, open_table

pytestmark = pytest.mark.unit


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


ROWS: list[list[object]] = [
    ["Numéro", "Écrit le", "Commentaire", "Note"],
    [1, date(2024, 3, 2), "Très bon accueil au guichet", 4.5],
    [2, datetime(2024, 3, 3, 14, 30), "Attente au téléphone", 1],
    [3, None, "Rien à redire", None],
]


def test_a_workbook_gives_typed_cells_as_words(tmp_path: Path) -> None:
    table = open_table(workbook(tmp_path / "a.xlsx", Avis=ROWS))
    assert table.columns == ["Numéro", "Écrit le", "Commentaire", "Note"]
    assert [list(row.values.values()) for row in table] == [
        ["1", "2024-03-02", "Très bon accueil au guichet", "4.5"],
        ["2", "2024-03-03T14:30", "Attente au téléphone", "1"],
        ["3", "", "Rien à redire", ""],
    ]


def test_the_fullest_sheet_is_read_unless_told(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", Lisez=[["Export du 3 mars"]], Avis=[["Extrait"], [], *ROWS])
    table = open_table(path)
    assert (table.sheet, table.sheets) == ("Avis", ["Lisez", "Avis"])
    assert table.columns[2] == "Commentaire"
    assert next(iter(table)).line == 4
    with pytest.raises(TableError, match="no_sheet"):
        open_table(path, sheet="Autre")


def test_the_first_bytes_are_believed_rather_than_the_name(tmp_path: Path) -> None:
    assert open_table(workbook(tmp_path / "a.csv", Avis=ROWS)).format == "xlsx"


def test_an_ods_is_read(tmp_path: Path) -> None:
    rows = "".join(
        "<table:table-row>"
        + "".join(f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>' for c in row)
        + "</table:table-row>"
        for row in (["id", "texte"], ["1", "Très bien"], ["2", "Pas bien"])
    )
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="F">{rows}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    table = open_table(tmp_path / "a.ods")
    assert (table.format, table.sheet) == ("ods", "F")
    assert [row.values["texte"] for row in table] == ["Très bien", "Pas bien"]


def test_a_workbook_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(2100):
                sheet.write(b" " * 1_048_576)
    with pytest.raises(TableError, match="too_large"):
        open_table(path)


def test_json_lines_are_flattened_and_a_broken_line_is_refused(tmp_path: Path) -> None:
    lines = [
        '{"id": 1, "avis": {"texte": "Bien", "canaux": ["web", "tel"]}}',
        '{"id": 2, "avis": ',
        '{"id": 3, "neuf": true}',
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    table = open_table(tmp_path / "a.jsonl")
    items = list(table.records())
    assert [item.values["avis.texte"] for item in items if not isinstance(item, Reject)] == ["Bien", ""]
    assert items[0].values["avis.canaux"] == "web|tel"  # type: ignore[union-attr]
    assert isinstance(items[1], Reject)
    assert (items[1].line, items[1].reason) == (2, "broken_json")


def test_keys_met_late_are_kept(tmp_path: Path) -> None:
    lines = [json.dumps({"id": n, "texte": "bien"}) for n in range(2_100)] + [json.dumps({"id": 1, "tardif": "oui"})]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    last = list(open_table(tmp_path / "a.jsonl"))[-1]
    assert json.loads(last.values["(autres)"]) == {"tardif": "oui"}


def test_signs_that_nothing_can_keep_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"texte": "bi\\u0000en \\ud83d fait", "liste": ["a\\u0000"]}\n', encoding="utf-8"
    )
    (row,) = open_table(tmp_path / "a.jsonl")
    assert (row.values["texte"], row.values["liste"]) == ("bien ? fait", "a")


@pytest.mark.parametrize("indent", [None, 2])
def test_a_json_document_gives_its_longest_list(tmp_path: Path, indent: int | None) -> None:
    document = {"total": 2, "results": [{"id": 1, "texte": "Bien"}, {"id": 2, "texte": "Mal"}]}
    (tmp_path / "a.json").write_text(json.dumps(document, indent=indent), encoding="utf-8")
    (tmp_path / "b.json").write_text(json.dumps(document["results"], indent=indent), encoding="utf-8")
    for name in ("a.json", "b.json"):
        assert [row.values["texte"] for row in open_table(tmp_path / name)] == ["Bien", "Mal"]


def test_parquet_is_read_in_batches(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    duckdb.sql(
        "SELECT i AS id, 'avis ' || i AS texte, DATE '2024-01-01' + CAST(i % 300 AS INTEGER) AS ecrit_le, "
        "{'ville': 'Lyon'} AS lieu FROM range(5000) t(i)"
    ).write_parquet(str(path))
    table = open_table(path)
    rows = list(table)
    assert table.columns == ["id", "texte", "ecrit_le", "lieu.ville"]
    assert (len(rows), rows[4999].values) == (
        5000,
        {"id": "4999", "texte": "avis 4999", "ecrit_le": "2024-07-18", "lieu.ville": "Lyon"},
    )
    assert guess_columns(table).to_json()["text"] == ["texte"]


def test_a_damaged_parquet_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1 nothing PAR1")
    with pytest.raises(TableError, match="unreadable"):
        open_table(tmp_path / "a.parquet")
