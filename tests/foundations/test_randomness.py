"""Random bytes: as many as asked for, never the same twice, in a child neither."""

import os
from concurrent.futures import ThreadPoolExecutor

from foundations.randomness import random_bytes


def test_no_bytes_are_given_twice_to_one_thread_or_to_several() -> None:
    def many(_: int) -> list[bytes]:
        return [random_bytes(12) for _ in range(2_000)]

    with ThreadPoolExecutor(4) as threads:
        given = [one for part in threads.map(many, range(4)) for one in part]
    assert {len(one) for one in given} == {12}
    assert len(set(given)) == len(given)


def test_a_child_process_is_not_given_what_its_parent_is() -> None:
    random_bytes(12)
    there, here = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(here, random_bytes(64))
        os._exit(0)
    os.waitpid(child, 0)
    told = os.read(there, 64)
    os.close(there)
    os.close(here)
    assert len(told) == 64
    assert told != random_bytes(64)
