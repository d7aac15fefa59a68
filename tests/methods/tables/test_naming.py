"""Names in cells."""

import pytest

from ecoute.methods.tables import guess_columns, names_in, open_table
from ecoute.methods.tables.records import Record, RecordReader

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("cell", "names"),
    [("CAF", ["CAF"]), ("CAF | Préfecture|", ["CAF", "Préfecture"]), ("", []), (" | ", [])],
)
def test_a_cell_may_hold_several_names(cell, names):
    assert names_in(cell) == names


def test_a_verbatim_concerns_every_service_its_cell_names(tmp_path):
    path = tmp_path / "avis.csv"
    path.write_text(
        "id;date;texte;structure\n1;02/03/2023;Trop long et trop compliqué;CAF|Préfecture\n", encoding="utf-8"
    )
    table = open_table(path)

    found = [item for item in RecordReader(table, guess_columns(table)).records() if isinstance(item, Record)]

    assert [record.services for record in found] == [("CAF", "Préfecture")]
