"""Where the store is, and its schema brought up to date."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from appo_tui.jobs.store.errors import StoreError

if TYPE_CHECKING:
    import sqlite3

    from sqlalchemy import Connection, Engine

_ROOM = 256 * 1024
"""Bytes without which a store can't be written: SQLite writes whole pages, and some at once."""

_ELSEWHERE = "Choose another with --store, such as sqlite:///FILE."


def default_url() -> str:
    """The URL of this user's own store: an SQLite file under the XDG state directory."""
    return f"sqlite:///{state_directory() / 'jobs.sqlite'}"


def state_directory() -> Path:
    """This user's state directory, made with mode 0700 if it is not there."""
    path = Path(platformdirs.user_state_path("appo-tui"))
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def full_disk(url: str) -> str:
    """The directory of an SQLite store if there is no room left on its disk, else an empty text."""
    from sqlalchemy.engine import make_url

    address = make_url(url)
    if address.get_backend_name() != "sqlite" or not address.database:
        return ""
    directory = Path(address.database).absolute().parent
    try:
        room = shutil.disk_usage(directory).free
    except OSError:
        return ""
    return str(directory) if room < _ROOM else ""


def open_engine(url: str) -> Engine:
    """An engine whose schema is the program's.

    Raises:
        StoreError: the URL is wrong, its driver is missing, or the database can't be reached or written.
    """
    from sqlalchemy import create_engine, event
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

    try:
        address = make_url(url)
        sqlite = address.get_backend_name() == "sqlite"
        if sqlite and address.database:
            _create_owner_only(Path(address.database))
        engine = create_engine(address, connect_args={"timeout": 10} if sqlite else {})
    except (ArgumentError, NoSuchModuleError) as error:
        raise StoreError(f"The store's URL is not understood: {error}", _ELSEWHERE) from error
    except ModuleNotFoundError as error:
        hint = f"Install it: pip install {error.name}"
        raise StoreError(f"The store needs a driver: {error}", hint) from error
    except OSError as error:
        raise StoreError(f"The store can't be opened: {error}", _ELSEWHERE) from error
    if sqlite:
        event.listen(engine, "connect", _prepare_sqlite)
    try:
        _bring_up_to_date(engine)
    except StoreError:
        engine.dispose()
        raise
    except SQLAlchemyError as error:
        engine.dispose()
        shown = address.render_as_string(hide_password=True)
        raise StoreError(f"The store {shown} can't be used: {error}", _ELSEWHERE) from error
    return engine


def _create_owner_only(path: Path) -> None:
    """Make the file, unless it is there: then it is not even opened.

    Closing a file gives up all POSIX locks that the process has on it, those of SQLite's own connections
    too ("How To Corrupt An SQLite Database File", 2.2).
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists():
        return
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
    except Exception:
        connection.close()  # the pool has not taken it yet
        raise


def _bring_up_to_date(engine: Engine) -> None:
    from appo_tui.jobs.store.schema import VERSION

    version = _version(engine)
    if version == VERSION:
        return
    if version is None:
        _create(engine)
        return
    from appo_tui.jobs.store.migrating import migrate

    migrate(engine)


def _version(engine: Engine) -> str | None:
    from sqlalchemy import inspect, text

    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _create(engine: Engine) -> None:
    """Make the tables; when another process is at it too, whoever comes second waits for the first."""
    from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

    for delay in (0.05, 0.2, 1.0):
        try:
            with engine.begin() as connection:
                _create_tables(connection)
        except (OperationalError, ProgrammingError, IntegrityError):
            time.sleep(delay)
            if _version(engine) is not None:
                return
        else:
            return
    with engine.begin() as connection:
        _create_tables(connection)


def _create_tables(connection: Connection) -> None:
    from sqlalchemy import text

    from appo_tui.jobs.store.schema import VERSION, metadata

    metadata.create_all(connection)
    connection.execute(
        text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    )
    connection.execute(text("INSERT INTO alembic_version VALUES (:version)"), {"version": VERSION})
