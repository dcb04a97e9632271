from __future__ import annotations

import subprocess
from pathlib import Path

from appo_tui.jobs.access.key_files import needs_passphrase
from tests.cli.commands import SAMPLES, Program


def key(directory: Path, passphrase: str) -> Path:
    file = directory / f"key{len(passphrase)}"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-f", str(file)], check=True)
    return file


def test_a_key_with_a_passphrase_is_told_from_one_without(tmp_path: Path) -> None:
    assert needs_passphrase(key(tmp_path, "open sesame"))
    assert not needs_passphrase(key(tmp_path, ""))
    assert not needs_passphrase(tmp_path / "nowhere")


def test_a_passphrase_that_nobody_can_be_asked_for_keeps_the_job_from_starting(
    appo: Program, tmp_path: Path
) -> None:
    file = key(tmp_path, "open sesame")
    (tmp_path / "inventory.yaml").write_text(
        f"version: 2\ntargets:\n  - name: db2.test\n    config: {{ssh: {{private-key: {file}}}}}\n"
    )
    run = appo.run("-e", str(SAMPLES), "--inventory", "inventory.yaml", "job", "run", "-n", "db2.test")
    assert run.returncode == 2
    assert f"Passphrase of {file} is needed, and there is no terminal to ask at" in run.stderr
    assert appo.run("job", "list", "--format", "json").stdout.count('"id"') == 0
