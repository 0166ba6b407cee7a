"""A company whose truths are known: simulated, exported as its sources would send it."""

from chanplan.sample.answers import ANSWERS, FOLDER, SampleFile, files
from chanplan.sample.company import Company, simulate
from chanplan.sample.export import SEED, write
from chanplan.sample.ledger import Ledger, Planted
from chanplan.sample.truths import NONE, PLANTED, Truths

__all__ = [
    "ANSWERS", "FOLDER", "NONE", "PLANTED", "SEED", "Company", "Ledger", "Planted", "SampleFile",
    "Truths", "files", "simulate", "write",
]  # fmt: skip
