"""`python -m wizzle.core.cli …`: the same as `wizzle …`, with just this Python."""

from . import main

if __name__ == "__main__":
    main(prog_name="wizzle")
