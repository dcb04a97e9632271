"""Log lines, read from any place of a node's log, and chunks of them that wait to be decoded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

import msgspec

from appo_tui.jobs.events import LogLine

if TYPE_CHECKING:
    from sqlalchemy import Connection

LINES = msgspec.json.Decoder(tuple[LogLine, ...])


class CountedLines(tuple[Any, ...]):
    """Stands for the lines of a chunk where only their number is asked for."""

    __slots__ = ()

    def __new__(cls, length: int) -> Self:
        """As many empty places as there are lines."""
        return super().__new__(cls, (None,) * length)


class PackedLines(CountedLines):
    """Stands for lines that whoever wants them decodes, with ``LINES``, from ``data``."""

    data: bytes

    @classmethod
    def of(cls, length: int, data: bytes) -> Self:
        """As many empty places as there are lines in the data."""
        made = cls(length)
        made.data = data
        return made


def packed(connection: Connection, job: int, sequences: Sequence[int]) -> dict[int, bytes]:
    """The lines of chunks, by their sequence numbers, for ``LINES`` to decode."""
    from sqlalchemy import select

    from appo_tui.jobs.store.schema import log_chunks

    table = log_chunks.c
    query = select(table.sequence, table.data).where(table.job == job, table.sequence.in_(sequences))
    return {row.sequence: row.data for row in connection.execute(query)}


def sequences_with(
    connection: Connection, job: int, needles: Sequence[str], first: int, last: int
) -> frozenset[int] | None:
    """The chunks, by their sequence numbers, whose JSON holds one of some ASCII texts.

    Letters stand for their other case too, as LIKE of SQLite has it, and ``_`` for any character.

    Returns:
        None if the database has no quick way to tell.
    """
    from sqlalchemy import Text, cast, or_, select

    from appo_tui.jobs.store.schema import log_chunks

    if connection.dialect.name != "sqlite":
        return None
    table = log_chunks.c
    data = cast(table.data, Text)
    query = select(table.sequence).where(
        table.job == job,
        table.sequence.between(first, last),
        or_(*(data.like(f"%{needle}%") for needle in needles)),
    )
    return frozenset(connection.execute(query).scalars())


def lines(
    connection: Connection, job: int, node: str, attempt: int | None, first: int, count: int
) -> tuple[LogLine, ...]:
    """At most ``count`` lines from number ``first`` on; of the latest attempt if none is given."""
    from sqlalchemy import func, select

    from appo_tui.jobs.store.schema import log_chunks

    table = log_chunks.c
    if attempt is None:
        attempt = max(attempts(connection, job, node), default=0)
    mine = (table.job == job, table.node == node, table.attempt == attempt)
    start = select(func.max(table.first)).where(*mine, table.first <= max(first, 1)).scalar_subquery()
    query = (
        select(table.first, table.data)
        .where(*mine, table.first >= func.coalesce(start, 1), table.first < first + count)
        .order_by(table.first)
    )
    found: list[LogLine] = []
    for row in connection.execute(query):
        chunk = LINES.decode(row.data)
        found += chunk[max(first - row.first, 0) : max(first + count - row.first, 0)]
    return tuple(found)


def attempts(connection: Connection, job: int, node: str) -> dict[int, int]:
    """How many lines there are in the log of each attempt at a node."""
    from sqlalchemy import func, select

    from appo_tui.jobs.store.schema import log_chunks

    table = log_chunks.c
    query = (
        select(table.attempt, func.max(table.first + table.length - 1).label("lines"))
        .where(table.job == job, table.node == node)
        .group_by(table.attempt)
    )
    return {row.attempt: row.lines for row in connection.execute(query)}
