"""Work by several threads: how many, in which order, how far ahead, and how it ends."""

import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread, current_thread, main_thread

import pytest

from qgis_ddpm.core.threads import Gate, in_order, thread_count


@pytest.mark.parametrize(("variable", "count"), [("3", 3), ("2,4", 2), (" 5 ", 5)])
def test_as_many_threads_as_torch_would_take(monkeypatch: pytest.MonkeyPatch, variable: str, count: int) -> None:
    monkeypatch.delitem(sys.modules, "torch", raising=False)
    monkeypatch.setenv("OMP_NUM_THREADS", variable)
    assert thread_count() == count


@pytest.mark.parametrize("variable", ["", "0", "many", "-1"])
def test_else_one_for_each_processor(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.delitem(sys.modules, "torch", raising=False)
    monkeypatch.setenv("OMP_NUM_THREADS", variable)
    assert 1 <= thread_count() <= (os.cpu_count() or 1)


def test_torch_is_asked_where_it_is_loaded() -> None:
    torch = pytest.importorskip("torch")
    assert thread_count() == torch.get_num_threads()


def test_results_come_in_the_order_of_the_items() -> None:
    second_done = Event()

    def work(number: int) -> int:
        if number == 0:
            assert second_done.wait(20)
        if number == 1:
            second_done.set()
        return number**2

    assert list(in_order(work, range(50), threads=2)) == [number**2 for number in range(50)]


def test_one_thread_is_the_caller_and_does_nothing_ahead() -> None:
    done: list[int] = []

    def work(number: int) -> int:
        assert current_thread() is main_thread()
        done.append(number)
        return number

    results = in_order(work, range(9), threads=1)
    assert next(results) == 0
    assert done == [0]


def test_no_more_is_begun_than_threads_and_one_more() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    results = in_order(lambda number: number, items(), threads=3)
    for number in results:
        assert len(taken) <= number + 1 + 3
    assert len(taken) == 100


def test_an_error_comes_where_its_result_would_and_ends_the_rest() -> None:
    def work(number: int) -> int:
        if number == 3:
            raise MemoryError("too much")
        return number

    results = in_order(work, range(1000), threads=2)
    assert [next(results) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(MemoryError, match="too much"):
        next(results)


def test_whoever_closes_it_waits_for_what_has_begun_alone() -> None:
    running = [0]
    begun = []

    def work(number: int) -> int:
        running[0] += 1
        begun.append(number)
        Event().wait(0.02)
        running[0] -= 1
        return number

    results = in_order(work, range(1000), threads=1 + 1)
    next(results)
    results.close()
    assert running[0] == 0
    assert len(begun) <= 4


def test_a_pool_of_one_works_beside_the_caller_and_stays() -> None:
    with ThreadPoolExecutor(1) as pool:
        results = in_order(lambda number: (number, current_thread() is main_thread()), range(9), 1, pool)
        assert [next(results) for _ in range(3)] == [(0, False), (1, False), (2, False)]
        results.close()
        assert pool.submit(int, 3).result() == 3


def test_what_threads_use_is_changed_when_none_does_and_by_one_alone() -> None:
    gate, inside, changed = Gate(), Event(), Event()
    log: list[str] = []

    def use() -> None:
        with gate.using():
            inside.set()
            assert not changed.wait(0.05)
            log.append("used")

    def change() -> None:
        with gate.changing():
            log.append("changed")
            changed.set()

    threads = [Thread(target=use), Thread(target=change)]
    threads[0].start()
    assert inside.wait(20)
    threads[1].start()
    for thread in threads:
        thread.join(20)
    with gate.using():
        log.append("used again")
    assert log == ["used", "changed", "used again"]
