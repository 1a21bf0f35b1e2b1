"""Templates as Jinja has compiled them, kept from one start to the next."""

from __future__ import annotations

import sys
from importlib.metadata import version

from jinja2.bccache import Bucket, BytecodeCache

from ... import __version__
from ..prepared import Prepared


class PreparedTemplates(BytecodeCache):
    """Jinja itself looks whether the text of a template is still the same."""

    def __init__(self, prepared: Prepared) -> None:
        self._prepared = prepared
        # Bytecode fits the Python and the Jinja that made it, and the settings that we gave both.
        self._mark = f"{__version__} {version('jinja2')} {sys.version}"

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give Jinja what was kept of this template, if it is of any use."""
        kept = self._prepared.find(_name(bucket), self._mark)
        if kept is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what Jinja has compiled."""
        self._prepared.keep(_name(bucket), self._mark, bucket.bytecode_to_string())


def _name(bucket: Bucket) -> str:
    return f"{bucket.key}.template"
