"""`python -m chanplan`: the same product without a screen."""

from __future__ import annotations

from importlib import import_module

import click

from chanplan import __version__

# Word → where it is; only the one that was asked for is loaded. A further word is one more line.
WORDS = {
    "import": "importing:import_files",
    "ask": "asking:ask",
    "explain": "explaining:explain",
    "sample": "sampling:sample",
    "rebuild": "rebuilding:rebuild_store",
    "set-aside": "setting_aside:set_aside",
    "close": "closing:close",
    "month": "month:month",
    "reconcile": "reconciling:reconcile",
    "match": "matching:match",
    "targets": "targets_cmd:targets",
    "segment": "segmenting:segment",
    "backup": "backing_up:backup_store",
    "restore": "backing_up:restore_store",
    "forget": "forgetting:forget",
}


class _Words(click.Group):
    """A group whose words are loaded when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(WORDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in WORDS:
            return None
        module, _, name = WORDS[cmd_name].partition(":")
        found: click.Command = getattr(import_module(f"chanplan.commands.{module}"), name)
        return found


@click.group(cls=_Words, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="chanplan")
def main() -> None:
    """Channel sales planning: import every channel's export, ask for any figure."""


if __name__ == "__main__":
    main(prog_name="python -m chanplan")
