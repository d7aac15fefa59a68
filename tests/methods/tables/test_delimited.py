"""CSV as people really send it."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecoute.methods.tables import Reject, Row, Table, TableError, open_table

pytestmark = pytest.mark.unit


def table_of(tmp_path: Path, content: str | bytes, name: str = "avis.csv", encoding: str = "utf-8") -> Table:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return open_table(path)


def cells(table: Table) -> list[list[str]]:
    return [list(row.values.values()) for row in table]


WORDS = (
    "id;texte\n1;L'accueil était très agréable, à refaire\n2;Délais longs, où êtes-vous ?\n3;Ça marche bien là-bas\n"
)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1", "mac-roman", "cp850"]
)
def test_each_encoding_gives_the_same_words(tmp_path: Path, encoding: str) -> None:
    table = table_of(tmp_path, WORDS, encoding=encoding)
    assert cells(table) == [line.split(";") for line in WORDS.splitlines()[1:]]


def test_an_accent_in_windows_writing_inside_utf8_is_kept(tmp_path: Path) -> None:
    content = ("id;texte\n" + "1;très bien à côté\n" * 40).encode() + "2;déçu\n".encode("cp1252")
    assert cells(table_of(tmp_path, content))[-1] == ["2", "déçu"]


def test_a_text_encoded_twice_is_mended_and_told(tmp_path: Path) -> None:
    twice = WORDS.encode().decode("cp1252", "replace").replace("\ufffd", "")
    table = table_of(tmp_path, twice)
    assert "mojibake" in table.notes
    assert cells(table)[0] == ["1", "L'accueil était très agréable, à refaire"]


@pytest.mark.parametrize(("separator", "format_name"), [(",", "csv"), (";", "csv"), ("\t", "tsv"), ("|", "csv")])
def test_each_separator_is_found_though_texts_hold_others(tmp_path: Path, separator: str, format_name: str) -> None:
    lines = [
        ["id", "date", "texte"],
        ["1", "2024-01-02", "Bien"],
        ["2", "2024-01-03", "Long"],
        ["3", "2024-01-04", "Cher"],
    ]
    table = table_of(tmp_path, "\n".join(separator.join(line) for line in lines))
    assert (table.separator, table.format) == (separator, format_name)
    assert cells(table) == lines[1:]


def test_sentences_alone_make_one_column(tmp_path: Path) -> None:
    lines = ["Bonjour, merci, au revoir", "Trop long; vraiment", "Rien à dire", "Un, deux, trois, quatre"]
    table = table_of(tmp_path, "\n".join(lines))
    assert cells(table) == [[line] for line in lines]


def test_quoted_cells_keep_separators_quotes_and_line_ends(tmp_path: Path) -> None:
    table = table_of(tmp_path, 'id;texte\n1;"Il a dit ""non""; puis\nil est parti"\n2;ok\n')
    assert cells(table) == [["1", 'Il a dit "non"; puis\nil est parti'], ["2", "ok"]]
    assert [row.line for row in table] == [2, 4]


def test_a_quote_never_closed_does_not_swallow_the_file(tmp_path: Path) -> None:
    rows = "".join(f"{number};avis {number}\n" for number in range(3, 60))
    table = table_of(tmp_path, f'id;texte\n1;bien\n2;"jamais refermé\n{rows}')
    assert len(cells(table)) == 59
    assert cells(table)[1] == ["2", '"jamais refermé']


def test_line_ends_nobody_quoted_are_put_back_when_records_begin_with_a_number(tmp_path: Path) -> None:
    good = "".join(f"{n};titre {n};texte {n};oui\n" for n in range(100, 130))
    table = table_of(tmp_path, f"id;titre;texte;clos\n1;Attente;J'attends\ndepuis mai.\n\n3 mois !\nmerci;oui\n{good}")
    assert cells(table)[0] == ["1", "Attente", "J'attends\ndepuis mai.\n\n3 mois !\nmerci", "oui"]
    assert len(cells(table)) == 31


def test_a_record_that_may_be_cut_in_several_ways_is_refused_whole(tmp_path: Path) -> None:
    good = "".join(f"{n};titre {n};texte {n};oui\n" for n in range(100, 130))
    table = table_of(tmp_path, f"id;titre;texte;clos\n1;Attente;J'attends\ndepuis mai ;\nmerci;oui\n{good}")
    refused = [item for item in table.records() if isinstance(item, Reject)]
    assert [(item.line, item.reason) for item in refused] == [(2, "long_row")]
    assert refused[0].raw == "1;Attente;J'attends\ndepuis mai ;\nmerci;oui"
    assert len(cells(table)) == 30


def test_a_simple_unquoted_line_end_is_mended(tmp_path: Path) -> None:
    good = "".join(f"{n};titre {n};texte {n};oui\n" for n in range(100, 130))
    table = table_of(tmp_path, f"id;titre;texte;clos\n1;Attente;J'attends\ndepuis mai;oui\n{good}")
    assert cells(table)[0] == ["1", "Attente", "J'attends\ndepuis mai", "oui"]
    assert not [r for r in table.records() if isinstance(r, Reject)]


def test_a_short_row_is_joined_to_the_next_when_that_makes_a_whole_one(tmp_path: Path) -> None:
    good = "".join(f"agence {n};texte {n};oui\n" for n in range(30))
    table = table_of(tmp_path, f"lieu;texte;clos\nParis;J'attends\ndepuis mai;oui\n{good}")
    assert cells(table)[0] == ["Paris", "J'attends\ndepuis mai", "oui"]


def test_what_cannot_be_mended_is_refused_with_its_line_and_the_rest_goes_in(tmp_path: Path) -> None:
    good = "".join(f"agence {n};texte {n};oui\n" for n in range(30))
    table = table_of(tmp_path, f"lieu;texte;clos\nParis;a;b;c;d\nLyon;seul\n{good}")
    refused = [item for item in table.records() if isinstance(item, Reject)]
    assert [(item.line, item.reason) for item in refused] == [(2, "long_row"), (3, "short_row")]
    assert refused[0].raw == "Paris;a;b;c;d"
    assert len(cells(table)) == 30


def test_an_exporter_that_leaves_out_empty_ends_is_understood(tmp_path: Path) -> None:
    lines = "".join(f"{'x' * (n % 4 + 1)};texte {n}{';oui' if n % 2 else ''}\n" for n in range(40))
    table = table_of(tmp_path, f"lieu;texte;clos\n{lines}")
    assert len(cells(table)) == 40
    assert cells(table)[0] == ["x", "texte 0", ""]


def test_titles_before_the_header_are_left_out(tmp_path: Path) -> None:
    table = table_of(
        tmp_path, "Enquête 2024;;\nExtrait du 3 mars;;\n\nid;date;texte\n1;2024-01-02;bien\n2;2024-01-03;mal\n"
    )
    assert table.columns == ["id", "date", "texte"]
    assert "preamble" in table.notes
    assert [row.line for row in table] == [5, 6]


def test_a_file_without_header_gets_numbered_columns_and_loses_nothing(tmp_path: Path) -> None:
    table = table_of(tmp_path, "1;2024-01-02;bien\n2;2024-01-03;mal\n3;2024-01-04;moyen\n")
    assert table.columns == ["Colonne 1", "Colonne 2", "Colonne 3"]
    assert len(cells(table)) == 3


def test_empty_and_repeated_names_become_usable(tmp_path: Path) -> None:
    table = table_of(tmp_path, "texte;;texte\na;b;c\nd;e;f\n")
    assert table.columns == ["texte", "Colonne 2", "texte (2)"]


def test_questions_are_a_header(tmp_path: Path) -> None:
    question = "De façon générale, comment ça s'est passé, et souhaitez-vous nous en dire plus ?"
    table = table_of(tmp_path, f'"{question}",note\nBien,5\nMal,1\nMoyen,3\n')
    assert table.columns == [question, "note"]


def test_nul_bytes_and_excels_hint_are_left_out(tmp_path: Path) -> None:
    table = table_of(tmp_path, "sep=;\nid;texte\n1;bi\x00en\n2;mal\n")
    assert cells(table) == [["1", "bien"], ["2", "mal"]]


def test_compressed_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(WORDS.encode()))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("avis.csv", WORDS)
    plain = table_of(tmp_path, WORDS)
    assert cells(open_table(tmp_path / "a.csv.gz")) == cells(open_table(tmp_path / "a.zip")) == cells(plain)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \r\n\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"%PDF-1.7 rest", "binary"),
        (bytes(range(256)) * 9, "binary"),
        (b"PK\x03\x04rest", "unreadable"),
    ],
)
def test_what_is_no_table_is_said(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(TableError) as caught:
        table_of(tmp_path, content)
    assert caught.value.code == code


def test_progress_ends_at_the_size(tmp_path: Path) -> None:
    table = table_of(tmp_path, WORDS)
    list(table)
    assert table.position == table.size == len(WORDS.encode())


CELL = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=30) | st.just(
    'a;"b"\nc'
)


@settings(max_examples=120, deadline=None)
@given(rows=st.lists(st.tuples(CELL, CELL), min_size=1, max_size=12))
def test_what_the_csv_module_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    import csv

    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL)
        writer.writerow(["rang", "texte", "suite"])
        writer.writerows([f"r{number}", *row] for number, row in enumerate(rows))
    read = open_table(path, encoding="utf-8", separator=";")
    assert [list(row.values.values()) for row in read] == [[f"r{n}", *row] for n, row in enumerate(rows)]


def test_rows_are_rows(tmp_path: Path) -> None:
    assert next(iter(table_of(tmp_path, WORDS))) == Row(
        2, {"id": "1", "texte": "L'accueil était très agréable, à refaire"}
    )
