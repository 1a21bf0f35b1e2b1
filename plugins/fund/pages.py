"""The blueprint on which all of the fund's pages stand; each subject's routes add theirs."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("fund", __package__, template_folder="templates")
