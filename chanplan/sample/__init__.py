"""A company whose truths are known: simulated, exported as its sources would send it."""

from chanplan.sample.answers import ANSWERS, FOLDER, SampleFile, files

__all__ = ["ANSWERS", "FOLDER", "SampleFile", "files"]
