"""Reading any tabular file: CSV, TSV, XLSX, ODS, JSONL, Parquet. Nothing here knows Django."""

from .fields import Field
from .guessing import ColumnGuess, Mapping, guess_columns
from .lines import as_line, cells_of
from .model import Reject, Row, Table, TableError
from .naming import names_in
from .opening import FORMATS, open_table
from .records import Record, RecordReader
from .shapes import recognise

__all__ = [
    "FORMATS",
    "ColumnGuess",
    "Field",
    "Mapping",
    "Record",
    "RecordReader",
    "Reject",
    "Row",
    "Table",
    "TableError",
    "as_line",
    "cells_of",
    "guess_columns",
    "names_in",
    "open_table",
    "recognise",
]
