import pytest

from ecoute.core.sheets import csv_lines, inert

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("text", ["=1+1", "+33 1", "-2", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_cell_that_would_run_is_made_inert(text: str) -> None:
    assert inert(text) == f"'{text}"


@pytest.mark.parametrize("cell", ["bonjour", "1=1", "", 3, -2, None])
def test_other_cells_stay_as_they_are(cell: object) -> None:
    assert inert(cell) == cell


def test_lines_are_for_french_spreadsheets() -> None:
    assert "".join(csv_lines(["a", "b"], [["é;", 'dit "oui"']])) == '\ufeffa;b\r\n"é;";"dit ""oui"""\r\n'
