"""Whom the neighbourhood is tied to, how money goes round in it, and the call for new areas."""
