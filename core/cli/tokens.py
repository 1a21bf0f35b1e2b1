"""Tokens as those see them who run the node: whose they are, and ending one."""

from __future__ import annotations

import click
from sqlalchemy import select

from ..auth import tokens as auth
from ..models import ApiToken, Person
from .node import show_json, the_node


@click.group(name="tokens")
def tokens() -> None:
    """See and end the tokens with which programs act for people."""


@tokens.command(name="list")
@click.option("--email", help="Only those of the person with this address.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
def list_tokens(email: str | None, as_json: bool) -> None:
    """List the tokens that still work; what they are is not kept."""
    node = the_node()
    columns = (
        ApiToken.id, Person.email, ApiToken.name, ApiToken.scopes, ApiToken.created_at,
        ApiToken.expires_at, ApiToken.used_at,
    )  # fmt: skip
    query = select(*columns).join(Person, Person.id == ApiToken.person_id)
    query = query.where(ApiToken.expires_at > node.clock.now()).order_by(ApiToken.id)
    if email:
        query = query.where(Person.email == email.strip().lower())
    with node.db.read() as session:
        rows = [dict(row) for row in session.execute(query).mappings()]
    if as_json:
        show_json(rows)
        return
    for row in rows:
        used = f"{row['used_at']:%Y-%m-%d}" if row["used_at"] else "never used"
        scopes = " ".join(row["scopes"])
        click.echo(f"{row['id']:6} {row['email']:30} {used:11} {row['name']} ({scopes})")
    if not rows:
        click.echo("No token works here.")


@tokens.command()
@click.argument("token_id", type=click.IntRange(1))
def revoke(token_id: int) -> None:
    """End a token at once; its number is that of `wizzle tokens list`."""
    node = the_node()
    with node.db.write() as session:
        name = auth.end(session, node, token_id)
    click.echo(f"The token “{name}” does not work any more.")
