"""How long letters are kept once they have ended; nothing of other nodes is kept without an end."""

from __future__ import annotations

from datetime import timedelta

SENT = timedelta(days=90)
"""Letters that arrived, or were settled: as long as somebody may ask where one is."""

CAME = timedelta(days=400)
"""What came in: as long, its id cannot be given to something else."""

SEALED = timedelta(days=5 * 366)
"""What carries a seal, which can be shown to others: records of contracts and payments are kept
for five years (전자상거래법 시행령 제6조)."""

NEWS = timedelta(days=7)
"""What was told to followers, and what strangers brought about public things: there is much of it,
and what it says stands elsewhere."""
