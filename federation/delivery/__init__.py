"""Letters to other nodes and from them: kept in tables, sent and handled beside the website.

Other rooms use what is named here: ``send`` writes a letter, ``waiting`` and ``hosts_waiting``
tell what stands between this node and others, ``SERVICES`` is the work beside the jobs.
"""

from . import models
from .actions.services import SERVICES
from .actions.ties import follow_tie
from .actions.writing import send
from .queries.letters import hosts_waiting, waiting

__all__ = ["SERVICES", "follow_tie", "hosts_waiting", "models", "send", "waiting"]
