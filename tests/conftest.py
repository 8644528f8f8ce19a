"""What every test gets: no key, no network but loopback, and its own config folder."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite the golden files under tests/golden"
    )


@pytest.fixture(autouse=True)
def _closed_room(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Take keys and settings out of the environment, and refuse every connection that leaves the machine."""
    for name in ("OPENAI_API_KEY", "OUTREACH_MODEL", "OUTREACH_BASE_URL", "OUTREACH_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OUTREACH_CONFIG_DIR", str(tmp_path_factory.mktemp("config")))
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else "unix"
        if host not in {"127.0.0.1", "::1", "localhost", "unix"}:
            pytest.fail(f"a test tried to reach {host}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    return


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Any:
    """Return a function that compares a text with tests/golden/NAME, or rewrites it with --update-golden."""
    folder = Path(__file__).parent / "golden"

    def compare(name: str, text: str) -> None:
        path = folder / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.is_file(), f"no golden file {name}: run pytest --update-golden once and read it"
        assert text == path.read_text(encoding="utf-8")

    return compare


#: Where the shared inputs lie on a maintainer's machine; tests that use them skip where they are not there.
SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture
def shared() -> Path:
    """Return the folder of shared inputs, or skip the test."""
    if not SHARED.is_dir():
        pytest.skip("the shared inputs are not here")
    return SHARED
