"""The website: the application, and what plugins need to make their pages."""

from .app import create_app
from .downloads import download
from .forms import Form
from .hidden import hidden_notice
from .linked import Linked, place, thing
from .machine import machine, problem, scripted
from .page import (
    allow,
    can,
    outside_url,
    permitted,
    picture_url,
    say,
    static_url,
    this_member,
    this_node,
    this_tongue,
    this_viewer,
    told,
)
from .paging import Page, asked_number, asked_place, paged
from .sections import Signpost, drawn
from .sharing import Shared, shared, whole_url

__all__ = [
    "Form",
    "Linked",
    "Page",
    "Shared",
    "Signpost",
    "allow",
    "asked_number",
    "asked_place",
    "can",
    "create_app",
    "download",
    "drawn",
    "hidden_notice",
    "machine",
    "outside_url",
    "paged",
    "permitted",
    "picture_url",
    "place",
    "problem",
    "say",
    "scripted",
    "shared",
    "static_url",
    "thing",
    "this_member",
    "this_node",
    "this_tongue",
    "this_viewer",
    "told",
    "whole_url",
]
