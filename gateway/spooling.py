"""Into the spool off the loop, and what comes in together at once."""

import asyncio

from storage import Spool

Record = dict[str, str]


class SpoolTogether:
    """Appends to a spool; a flush to disk takes its time, and is made for many."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._turn = asyncio.Lock()
        self._waiting: list[tuple[Record, asyncio.Future[None]]] = []

    async def append(self, record: Record) -> None:
        """Keep a record; it is on disk when this returns. OSError when it cannot be."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((record, done))
        async with self._turn:
            # Whoever came while the last flush was made goes with this one.
            together, self._waiting = self._waiting, []
            if together:
                await self._flush(together)
        await done

    def is_empty(self) -> bool:
        """Tell whether nothing waits on disk."""
        return self._spool.is_empty()

    def hold(self, record: Record) -> bool:
        """Keep a record that the disk refuses, for as long as this process runs."""
        return self._spool.hold(record)

    async def _flush(self, together: list[tuple[Record, asyncio.Future[None]]]) -> None:
        trouble: OSError | None = OSError("the flush was given up")
        try:
            records = [record for record, _ in together]
            await self._spool.off_loop(self._spool.append, *records)
            trouble = None
        except OSError as refused:
            trouble = refused
        finally:
            for _, done in together:
                if done.done():
                    continue
                if trouble is None:
                    done.set_result(None)
                else:
                    done.set_exception(trouble)
