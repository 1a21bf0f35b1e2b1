"""The blueprint on which all of the market's pages stand; each subject's routes add theirs."""

from __future__ import annotations

from flask import Blueprint

ID = "int(max=2147483647)"
"""The converter of ids in addresses: a larger number would not fit the database's."""

blueprint = Blueprint("market", __package__, template_folder="templates")
