"""`appo serve`: the TUI in a browser."""

from __future__ import annotations

import sys
from pathlib import Path
from socket import gethostname
from typing import TYPE_CHECKING

from appo_tui.cli.arguments import Parser
from appo_tui.cli.call import Call
from appo_tui.cli.faults import CommandError
from appo_tui.serve.access import is_loopback, new_token, read_token

if TYPE_CHECKING:
    from appo_tui.session import GlobalOptions

DEFAULT_PORT = 8077
_EVERY_ADDRESS = ("0.0.0.0", "::")

_EPILOG = """\
Whoever opens the page sees what the TUI shows, and with --allow-changes runs Puppet on your nodes as you.
So the server listens on this machine only, unless --host says otherwise. With --host or --allow-changes, a
visitor needs a token: it is in the address that is printed, or in the file that --token-file names.

From another machine, without --host:
  ssh -L 8077:127.0.0.1:8077 THIS_MACHINE      then open http://127.0.0.1:8077
"""


def declare(family: Parser, _parents: Parser) -> None:
    """Declares the command."""
    family.description = "Shows the terminal UI in a browser, read-only unless --allow-changes is given."
    family.epilog = _EPILOG
    family.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1)")
    family.add_argument(
        "--port", type=int, default=DEFAULT_PORT, help=f"the port (default: {DEFAULT_PORT}; 0: any free one)"
    )
    family.add_argument("--token-file", metavar="FILE", type=Path, help="a file that holds the token")
    family.add_argument(
        "--allow-changes", action="store_true", help="let visitors start and stop jobs; always with a token"
    )
    family.set_defaults(run=_serve)


def _serve(call: Call) -> int:
    options = call.options
    if options.allow_changes:
        call.refuse_if_read_only("--allow-changes")
    try:
        from appo_tui.serve.access import Access
        from appo_tui.serve.server import serve
    except ImportError:
        raise CommandError(
            "serve needs the package textual-serve", hint="pip install 'appo-tui[serve]'"
        ) from None
    call.session()  # what is wrong with the environment's name is said here, not to each visitor
    token = _token(options.token_file, needed=options.allow_changes or not is_loopback(options.host))

    def say(port: int) -> None:
        lines = _said(options.host, port, token, given=options.token_file is not None)
        call.output.stream.write("\n".join(lines) + "\n")
        call.output.stream.flush()

    command = _command(call.chosen, read_only=not options.allow_changes)
    try:
        serve(command, Access(token, options.host), options.host, options.port, say)
    except OSError as error:
        raise CommandError(
            f"can't listen on {options.host}, port {options.port}: {error.strerror or error}",
            hint="is it served already? --port takes another one",
        ) from error
    return 0


def _token(file: Path | None, *, needed: bool) -> str | None:
    if file is None:
        return new_token() if needed else None
    return read_token(file)


def _said(host: str, port: int, token: str | None, *, given: bool) -> list[str]:
    name = gethostname() if host in _EVERY_ADDRESS else f"[{host}]" if ":" in host else host
    address = f"http://{name}:{port}/"
    if token is not None and not given:
        address += f"?token={token}"
    lines = [f"Open {address}"]
    if given:
        lines.append("It asks for the token once.")
    if not is_loopback(host):
        lines.append("What is sent is not encrypted: put a proxy with TLS before it, or use ssh -L.")
    return [*lines, "Ctrl-C ends it; jobs go on."]


def _command(chosen: GlobalOptions, *, read_only: bool) -> list[str]:
    """Returns the command line of a visitor's program: -P, so that no file of a directory is imported."""
    given = {
        "--environment": chosen.environment,
        "--environmentpath": chosen.environmentpath,
        "--facts": chosen.facts,
        "--inventory": chosen.inventory,
        "--store": chosen.store,
        "--config": chosen.config,
    }
    switches = {"--no-color": chosen.no_color, "--ascii": chosen.ascii, "--read-only": read_only}
    return [
        sys.executable, "-P", "-m", "appo_tui",
        *(("demo",) if chosen.demo else ()),
        *(f"{name}={value}" for name, value in given.items() if value is not None),
        *(name for name, wanted in switches.items() if wanted),
    ]  # fmt: skip
