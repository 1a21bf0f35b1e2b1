"""`wizzle trade`."""
import click


@click.group("trade")
def trade_group() -> None:
    """Trade."""
