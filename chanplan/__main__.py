"""`python -m chanplan`: the same product without a screen."""

import click

from chanplan import __version__
from chanplan.commands.asking import ask
from chanplan.commands.backing_up import backup_store, restore_store
from chanplan.commands.closing import close
from chanplan.commands.explaining import explain
from chanplan.commands.forgetting import forget
from chanplan.commands.importing import import_files
from chanplan.commands.matching import match
from chanplan.commands.month import month
from chanplan.commands.rebuilding import rebuild_store
from chanplan.commands.reconciling import reconcile
from chanplan.commands.sampling import sample
from chanplan.commands.segmenting import segment
from chanplan.commands.setting_aside import set_aside
from chanplan.commands.targets_cmd import targets


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="chanplan")
def main() -> None:
    """Channel sales planning: import every channel's export, ask for any figure."""


main.add_command(import_files)
main.add_command(ask)
main.add_command(explain)
main.add_command(sample)
main.add_command(rebuild_store)
main.add_command(set_aside)
main.add_command(close)
main.add_command(month)
main.add_command(reconcile)
main.add_command(match)
main.add_command(targets)
main.add_command(segment)
main.add_command(backup_store)
main.add_command(forget)
main.add_command(restore_store)

if __name__ == "__main__":
    main(prog_name="python -m chanplan")
