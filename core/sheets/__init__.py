"""Reading the tables that people keep: CSV, TSV, XLSX and ODS, told apart by what they hold."""

from .cells import MAX_CELL, MAX_COLUMNS, MAX_FILE, MAX_ROWS
from .reading import read_table
from .tidying import tidy
from .values import Row, Table

__all__ = ["MAX_CELL", "MAX_COLUMNS", "MAX_FILE", "MAX_ROWS", "Row", "Table", "read_table", "tidy"]
