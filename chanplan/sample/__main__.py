"""`python -m chanplan.sample [FOLDER]`: the sample company's files, and what is planted in them."""

import sys
from pathlib import Path

from chanplan.sample import FOLDER, PLANTED, SEED, simulate, write
from chanplan.sample.readme import fill_in

folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
company = simulate(SEED, PLANTED)
write(company, folder)
fill_in(folder.parent / "README.md", company)
