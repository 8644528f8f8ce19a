"""Labelled messages and sequences from the project's own files in; records as `validate` reads them, with their labels, out.

A file holds contexts once and messages that name them; `patch` lays single values over a context, by dotted path.
"""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "fixtures" / "rubric"
#: The sets of our own. `a` to `e` were worked with after a first blind measurement; `f` is kept aside: nothing was changed for it.
SETS = ("a", "b", "c", "d", "e", "f")


def dev(kind: str) -> list[dict[str, Any]]:
    """Return the given labelled set: `messages` or `sequences`."""
    lines = (FOLDER / f"{kind}.dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def hostile_answers() -> list[dict[str, Any]]:
    """Return what hijacked models wrote: `body`, and whether it must be stopped (`block`)."""
    lines = (FOLDER / "hijacked_outputs.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def own(name: str, kind: str) -> list[dict[str, Any]]:
    """Return a set of our own, all languages."""
    return [
        record
        for path in sorted((FOLDER / "labelled" / name).glob("*.json"))
        for record in _records(path, kind)
    ]


def _records(path: Path, kind: str) -> Iterator[dict[str, Any]]:
    file = json.loads(path.read_text(encoding="utf-8"))
    for item in file[kind]:
        context = _patched(file["contexts"][item["context"]], item.get("patch", {}))
        record = {
            "id": item["id"],
            "language": file["language"],
            "context": context,
            "difficulty": item.get("difficulty", "easy"),
            "labels": {
                "verdict": "fail" if item.get("defects") else "pass",
                "defects": item.get("defects", []),
                "tolerated": item.get("tolerated", []),
                "bad_steps": item.get("bad_steps", []),
            },
        }
        yield {**record, **(_message(item, context) if kind == "messages" else _steps(item))}


def _patched(context: dict[str, Any], patch: dict[str, Any]) -> dict[str, Any]:
    made = copy.deepcopy(context)
    for path, value in patch.items():
        *folders, last = path.split(".")
        place = made
        for folder in folders:
            place = place[folder]
        place[last] = value
    return made


def _message(item: dict[str, Any], context: dict[str, Any]) -> dict[str, Any]:
    context["previous_messages"] = item.get("previous", [])
    context["existing_thread"] = item.get("thread", False)
    return {
        "channel": item["channel"],
        "step": item["step"],
        "subject": item.get("subject"),
        "body": item["body"],
        "near_miss": "near" in item,
        "tags": [f"near:{item['near']}"] if "near" in item else [],
    }


def _steps(item: dict[str, Any]) -> dict[str, Any]:
    steps = [
        {
            "step": number,
            "channel": step["channel"],
            "day": step["day"],
            "subject": step.get("subject"),
            "existing_thread": step.get("thread", False),
            "body": step["body"],
        }
        for number, step in enumerate(item["steps"], 1)
    ]
    return {"steps": steps}
