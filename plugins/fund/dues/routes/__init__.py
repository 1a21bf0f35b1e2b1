"""The pages of membership."""

from __future__ import annotations


def my_sections(node, session, viewer):
    return ()


SIGNPOSTS = ()


def fund_sections(node, session):
    return ()
