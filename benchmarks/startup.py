"""Start-up: `outreach --help` against `python -c "import typer"`, run in turn; the ratio of the medians must stay under 2."""

import statistics
import subprocess
import sys
import time
from pathlib import Path


def seconds(command: list[str]) -> float:
    """Return the wall time of one run of a command."""
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def main(runs: int = 15) -> None:
    """Print the medians and their ratio."""
    ours = [str(Path(sys.executable).parent / "outreach"), "--help"]
    bare = [sys.executable, "-c", "import typer"]
    seconds(ours), seconds(bare)  # once to warm the disk cache
    pairs = [(seconds(ours), seconds(bare)) for _ in range(runs)]
    help_s = statistics.median(pair[0] for pair in pairs)
    typer_s = statistics.median(pair[1] for pair in pairs)
    ratio = statistics.median(a / b for a, b in pairs)
    print(
        f"start-up: outreach --help {help_s * 1000:.0f} ms, import typer {typer_s * 1000:.0f} ms, ratio {ratio:.2f} (limit 2)"
    )


if __name__ == "__main__":
    main()
