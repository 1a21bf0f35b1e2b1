"""The blueprint on which all pages and documents of the federation stand."""

from __future__ import annotations

from flask import Blueprint

ID = "int(max=2147483647)"
"""The converter of ids in addresses: a larger number would not fit the database's."""

blueprint = Blueprint("federation", __package__, template_folder="templates")
