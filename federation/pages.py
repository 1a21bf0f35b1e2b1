"""The blueprint on which the rooms of the federation put their pages."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("federation", __name__, template_folder="templates")
