"""Builds the documentation site strictly: python docs/build.py [--serve].

Makes the pages that come from the code, then calls Zensical, for which a warning (a link to a page
or heading that is not there) is an error. Needs `pip install -e ".[docs]"`.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from exercise_pages import write_all

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Builds the site into `site/`; returns the generator's exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--serve", action="store_true", help="serve the site while you write")
    serve = parser.parse_args().serve
    print(f"{len(write_all())} pages made from the code")
    verb = ["serve"] if serve else ["build", "--strict", "--clean"]
    return subprocess.run(
        [sys.executable, "-m", "zensical", *verb], cwd=ROOT, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
