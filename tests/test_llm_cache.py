"""The cache: what makes a key, what is kept where and for whom, and every kind of damage and tampering."""

import os
import pickle
import random
import sqlite3
import stat
from pathlib import Path
from typing import Any

import diskcache
import pytest

from outreach.domain.completions import Completion
from outreach.llm.cache import CompletionCache, cache_key
from outreach.llm.locked_disk import SETTINGS, LockedDisk
from tests.llm_providers import SCHEMA, completion, options, prompt


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def filled(folder: Path, answers: int = 3) -> None:
    with CompletionCache(folder) as cache:
        for number in range(answers):
            cache.put(f"key {number}", completion(f"answer {number}"))


def change(folder: Path, statement: str, values: tuple[Any, ...] = ()) -> None:
    connection = sqlite3.connect(folder / "cache.db")
    with connection:
        connection.execute(statement, values)
    connection.close()


class Bomb:
    """Leaves a file behind when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return os.mkdir, (str(self.path),)


def test_an_answer_comes_back_marked_as_cached(folder: Path) -> None:
    answer = completion("Hola, Ana — ¿cómo va? 🎉")
    with CompletionCache(folder) as cache:
        assert cache.get("key") is None
        cache.put("key", answer)
        assert cache.get("key") == answer.model_copy(update={"cached": True})
    with CompletionCache(folder) as cache:
        got = cache.get("key")
        assert got == answer.model_copy(update={"cached": True})
        cache.put("key", completion("newer"))
        assert cache.get("key").text == "newer"
        info = cache.info()
    assert (info.entries, info.refused, info.warnings) == (1, 0, ())
    assert info.size_bytes > 0
    assert info.folder == folder


def test_everything_that_changes_an_answer_changes_the_key() -> None:
    base = cache_key(prompt("a"), options(), "openai", "https://x.example/v1")
    others = [
        cache_key(prompt("b"), options(), "openai", "https://x.example/v1"),
        cache_key(prompt("a", SCHEMA), options(), "openai", "https://x.example/v1"),
        cache_key(prompt("a"), options(), "openai", "https://y.example/v1"),
        cache_key(prompt("a"), options(), "groq", "https://x.example/v1"),
        *(cache_key(prompt("a"), options(**changed), "openai", "https://x.example/v1")
          for changed in ({"model": "other"}, {"temperature": 0.1}, {"temperature": None}, {"sample": 1},
                          {"max_output_tokens": 201}, {"response_format": "text"})),
    ]  # fmt: skip
    assert len({base, *others}) == 1 + len(others)
    same = prompt("a").model_copy(update={"task": "judge", "variant": "b", "stable_chars": 9})
    assert cache_key(same, options(timeout_s=1), "openai", "https://x.example/v1") == base
    assert cache_key(prompt("\ud800"), options(), "openai", "") != base


def test_only_the_owner_can_read_it(folder: Path) -> None:
    old = os.umask(0)
    try:
        with CompletionCache(folder) as cache:
            for number in range(50):
                cache.put(str(number), completion("x" * 50_000))
            files = [path for path in folder.rglob("*") if path.is_file()]
            assert {path.name for path in files} <= {"cache.db", "cache.db-wal", "cache.db-shm"}
            assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    finally:
        os.umask(old)


def test_an_open_folder_is_closed(folder: Path) -> None:
    filled(folder)
    folder.chmod(0o755)
    (folder / "cache.db").chmod(0o644)
    with CompletionCache(folder) as cache:
        assert cache.get("key 1")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "cache.db").stat().st_mode) == 0o600


@pytest.mark.parametrize("mode", [0, 1, 2, 3, 4, 5, None, "4"])
@pytest.mark.parametrize("in_file", [False, True])
def test_a_changed_row_runs_no_code_and_reads_no_file(
    folder: Path, tmp_path: Path, mode: Any, in_file: bool
) -> None:
    filled(folder)
    bomb = pickle.dumps(Bomb(tmp_path / "exploded"))
    outside = tmp_path / "outside.txt"
    outside.write_bytes(bomb)
    name, value = ("../outside.txt", None) if in_file else (None, bomb)
    change(
        folder, "UPDATE Cache SET mode = ?, filename = ?, value = ? WHERE key = 'key 1'", (mode, name, value)
    )
    with CompletionCache(folder) as cache:
        assert cache.get("key 1") is None
        assert cache.get("key 0")
        assert cache.refused == 1
        assert cache.info().refused == 1
        # Overwriting the row, or clearing the cache, would make diskcache delete the file it names.
        cache.put("key 1", completion("mine again"))
        assert cache.get("key 1").text == "mine again"
        cache.clear()
    assert outside.read_bytes() == bomb
    assert not (tmp_path / "exploded").exists()


def test_pickled_keys_are_refused(folder: Path, tmp_path: Path) -> None:
    filled(folder)
    change(
        folder,
        "UPDATE Cache SET key = ?, raw = 0 WHERE key = 'key 1'",
        (pickle.dumps(Bomb(tmp_path / "exploded")),),
    )
    cache = diskcache.Cache(str(folder), disk=LockedDisk, **SETTINGS)
    with pytest.raises(OSError, match="not ours"):
        list(cache)
    for value in (b"bytes", 5, {"a": 1}, None):
        with pytest.raises(TypeError):
            cache.set("key", value)
        with pytest.raises(TypeError):
            cache.get(value)
    cache.close()
    assert not (tmp_path / "exploded").exists()


@pytest.mark.parametrize("text", ["", "{}", "[]", "not json", '{"text": 5}', "[" * 100_000, "x" * 5_000_000])
def test_a_value_that_is_no_completion_is_none(folder: Path, text: str) -> None:
    filled(folder)
    change(folder, "UPDATE Cache SET value = ? WHERE key = 'key 1'", (text,))
    with CompletionCache(folder) as cache:
        assert cache.get("key 1") is None
        assert cache.get("key 2")


@pytest.mark.parametrize(
    ("key", "value"),
    [("sqlite_writable_schema", 1), ("_disk", "x"), ("eviction_policy", "least-recently-used"), ("disk_evil", 1),
     ("sqlite_journal_mode", "off; ATTACH 'x' AS y"), (b"\x00", 1), (7, 7)],
)  # fmt: skip
def test_changed_settings_decide_nothing(folder: Path, key: Any, value: Any) -> None:
    filled(folder)
    change(folder, "INSERT OR REPLACE INTO Settings VALUES (?, ?)", (key, value))
    with CompletionCache(folder) as cache:
        cache.put("key", completion())
        assert cache.get("key")
        assert (cache.get("key 0") is None) == bool(cache.warnings)


def damages() -> list[int]:
    return list(range(30))


@pytest.mark.parametrize("seed", damages())
def test_a_damaged_cache_is_set_aside_and_the_run_goes_on(folder: Path, seed: int) -> None:
    filled(folder, 40)
    path = folder / "cache.db"
    data = bytearray(path.read_bytes())
    chance = random.Random(seed)  # noqa: S311
    kind = seed % 5
    if kind == 0:
        data[:100] = chance.randbytes(100)
    elif kind == 1:
        data = data[: chance.randrange(1, len(data))]
    elif kind == 2:
        start = chance.randrange(len(data) - 500)
        data[start : start + 500] = chance.randbytes(500)
    elif kind == 3:
        data = bytearray(chance.randbytes(5000))
    else:
        for _ in range(200):
            data[chance.randrange(len(data))] = chance.randrange(256)
    path.write_bytes(data)
    with CompletionCache(folder) as cache:
        for number in range(40):
            got = cache.get(f"key {number}")
            assert got is None or isinstance(got, Completion)
        cache.put("new", completion())
        assert cache.get("new")
        aside = list(folder.parent.glob("cache.damaged-*"))
        assert bool(aside) == bool(cache.warnings)
    if kind in {0, 3}:
        assert len(aside) == 1
        assert "damaged" in cache.warnings[0]
        assert (aside[0] / "cache.db").read_bytes()[:50] == bytes(data[:50])


def test_damage_during_the_run(folder: Path) -> None:
    filled(folder)
    with CompletionCache(folder) as cache:
        assert cache.get("key 1")
        (folder / "cache.db").write_bytes(b"\x00" * 20_000)
        cache.get("key 1")
        cache.close()
        assert cache.get("key 1") is None
        cache.put("new", completion())
        assert cache.get("new")
        assert len(cache.warnings) == 1


@pytest.mark.parametrize("at", ["folder", "file"])
def test_an_unusable_place_turns_the_cache_off(tmp_path: Path, at: str) -> None:
    blocker = tmp_path / "blocked"
    blocker.write_text("a file where a folder should be")
    folder = blocker / "cache"
    if at == "file":
        folder = tmp_path / "cache"
        (folder / "cache.db").mkdir(parents=True)
    with CompletionCache(folder) as cache:
        cache.put("key", completion())
        assert cache.get("key") is None
        assert len(cache.warnings) == 1
        assert "not kept" in cache.warnings[0]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_turns_the_cache_off(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with CompletionCache(tmp_path / "cache") as cache:
        cache.put("key", completion())
        assert cache.warnings


def test_a_locked_database_turns_the_cache_off_and_is_left_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(folder)
    connection = sqlite3.connect(folder / "cache.db", isolation_level=None)
    with CompletionCache(folder) as cache:
        assert cache.get("key 1")
        cache._cache._local.con.execute("PRAGMA busy_timeout = 10")
        connection.execute("BEGIN IMMEDIATE")
        cache.put("key 9", completion())
        connection.close()
        assert "not kept" in cache.warnings[0]
    with CompletionCache(folder) as cache:
        assert cache.get("key 1")


def test_two_runs_share_a_cache(folder: Path) -> None:
    with CompletionCache(folder) as one, CompletionCache(folder) as other:
        for number in range(50):
            one.put(f"a{number}", completion(str(number)))
            other.put(f"b{number}", completion(str(number)))
        assert one.get("b49").text == "49"
        assert other.info().entries == 100
        assert one.warnings == other.warnings == []


def test_clearing_leaves_no_text_on_the_disk(folder: Path) -> None:
    with CompletionCache(folder) as cache:
        cache.put("key", completion("a secret about Ana"))
        assert cache.clear() == 1
        assert cache.clear() == 0
        assert b"".join(path.read_bytes() for path in folder.rglob("*")) == b""
        cache.put("key", completion("again"))
        assert cache.get("key").text == "again"


def test_looking_makes_nothing(folder: Path) -> None:
    with CompletionCache(folder) as cache:
        assert cache.info().entries == 0
        assert cache.clear() == 0
    assert not folder.exists()


def test_a_name_that_would_be_expanded(tmp_path: Path) -> None:
    with CompletionCache(tmp_path / "$HOME" / "cache") as cache:
        cache.put("key", completion())
        assert cache.warnings
