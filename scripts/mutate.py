"""Change each legal parameter and each comparison of the rule models, one at a time: the fast tests must catch every change.

    python scripts/mutate.py [--changes N] [--seed S] [--minutes M] [--jobs J] [--only TEXT] [--list]

The work is done in scripts/mutation/: which changes there are (operators, parameters), a private copy of the project to
change (workshop), the tests (checks), and the run with its report (cli). Exit code 1: a change went through uncaught and
is not listed as equivalent in tests/mutation_equivalents.csv.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.mutation.cli import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main())
