"""`import`: files into the store, one result per file."""

from chanplan.commands.importing.command import import_files

__all__ = ["import_files"]
