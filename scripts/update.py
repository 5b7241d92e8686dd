"""Bring a built warehouse up to date with a new, complete delivery, or with changes alone, re-measuring only what changed.

    python scripts/update.py [--raw DIR | --changes DIR] [--db FILE] [--published DIR] [--tests]

The work is done in scripts/update/: who changed and from which day (changes), what each table holds and reads (models),
and the exchange of rows (merge). The tables are those of a full build from the same delivery, and are published as a build
publishes them. Where an update cannot follow, the warehouse is built whole. An update that fails is one clear line and exit
code 1, and leaves the warehouse as it was.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.update.cli import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main())
