"""Write the benchmark report, a static site, from the published marts.

    python scripts/report.py [--db FILE] [--out DIR] [--municipality CODE ...]

The work is done in scripts/report/: what is read (marts), what may be shown (disclosure), the words (danish), the
charts, the pages and the site. A report that cannot be written is one clear line and exit code 1, and leaves the
old site as it was.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.report.cli import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main())
