"""`appo serve`, up to where a browser comes."""

from __future__ import annotations

import signal
import socket
from pathlib import Path

import pytest

from tests.cli.commands import SAMPLES, Program


def said_by(appo: Program, *words: str) -> str:
    process = appo.start("-e", str(SAMPLES), "serve", "--port", "0", *words)
    assert process.stdout is not None
    said = ""
    while "Ctrl-C" not in said:
        line = process.stdout.readline()
        assert line, said
        said += line
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    return said


def test_this_machine_needs_no_token(appo: Program) -> None:
    said = said_by(appo)
    assert "Open http://127.0.0.1:" in said
    assert "token" not in said


@pytest.mark.parametrize("words", [("--host", "0.0.0.0"), ("--allow-changes",)])
def test_other_machines_and_changes_need_one(appo: Program, words: tuple[str, ...]) -> None:
    said = said_by(appo, *words)
    assert "/?token=" in said
    assert ("not encrypted" in said) == ("--host" in words)


def test_a_token_of_a_file_is_not_printed(appo: Program, tmp_path: Path) -> None:
    path = tmp_path / "token"
    path.write_text("0123456789abcdef")
    path.chmod(0o600)
    said = said_by(appo, "--token-file", str(path))
    assert "asks for the token" in said
    assert "0123456789abcdef" not in said


def test_a_token_that_others_can_read_is_refused(appo: Program, tmp_path: Path) -> None:
    path = tmp_path / "token"
    path.write_text("0123456789abcdef")
    path.chmod(0o644)
    run = appo.run("-e", str(SAMPLES), "serve", "--token-file", str(path))
    assert run.returncode == 2
    assert f"(chmod 600 {path})" in run.stderr


def test_changes_are_not_allowed_with_read_only(appo: Program) -> None:
    run = appo.run("-e", str(SAMPLES), "--read-only", "serve", "--allow-changes")
    assert (run.returncode, run.stdout) == (2, "")
    assert "--read-only" in run.stderr


def test_an_environment_that_is_not_there_is_said_at_once(appo: Program) -> None:
    assert "there is no environment 'nowhere'" in appo.run("-e", "nowhere", "serve").stderr


def test_a_port_in_use_is_named(appo: Program) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        run = appo.run("-e", str(SAMPLES), "serve", "--port", str(port))
    assert run.returncode == 2
    assert f"can't listen on 127.0.0.1, port {port}" in run.stderr


def test_without_its_package_the_command_says_what_to_install(appo: Program, tmp_path: Path) -> None:
    (tmp_path / "aiohttp.py").write_text("raise ImportError")
    paths = f"{tmp_path}:{appo.variables['PYTHONPATH']}"
    run = appo.start("-e", str(SAMPLES), "serve", PYTHONPATH=paths)
    _, errors = run.communicate(timeout=60)
    assert run.returncode == 2
    assert "pip install 'appo-tui[serve]'" in errors
