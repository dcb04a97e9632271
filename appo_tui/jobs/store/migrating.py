"""An older store, brought to this program's schema by Alembic."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from appo_tui.jobs.store.errors import StoreError
from appo_tui.jobs.store.schema import VERSION

if TYPE_CHECKING:
    from sqlalchemy import Engine


def migrate(engine: Engine) -> None:
    """Run the migrations that the store lacks.

    Raises:
        StoreError: the store was written by a newer program.
    """
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory
    from alembic.util.exc import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    scripts = ScriptDirectory.from_config(config)

    def steps(revision: str, _context: object) -> list[object]:
        return list(scripts._upgrade_revs(VERSION, revision))  # noqa: SLF001 - Alembic's own recipe for running without env.py

    try:
        with EnvironmentContext(config, scripts, fn=steps) as environment, engine.begin() as connection:
            environment.configure(connection=connection)
            environment.run_migrations()
    except CommandError as error:
        raise StoreError(
            f"The store was written by another version of this program ({error}).",
            "Update appo-tui, or choose another store with --store.",
        ) from error
