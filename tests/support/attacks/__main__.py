"""Write the file of cases anew."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from support.attacks import FILE, written

FILE.write_text(written(), "utf-8")
