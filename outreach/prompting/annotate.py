"""A rendered prompt with its passages in; lines for a person out: each passage under a comment that says where it comes from."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from outreach.domain.completions import Prompt
from outreach.prompting.tracing import Passage
from outreach.text.counting import likely_tokens

#: What each message of a prompt is, by its role.
_HALVES = {
    "system": "stable: equal for every prospect of a persona, offer, sequence and language",
    "user": "of this reader alone",
}


def annotated(
    prompt: Prompt, passages: Sequence[Sequence[Passage]], folders: Sequence[Path]
) -> Iterator[str]:
    """Yield a prompt with comments; without the lines in `{# #}` it is the prompt itself.

    Args:
        prompt: the prompt.
        passages: of each of its messages.
        folders: the prompt folders, the workspace's first; paths are shown from there.
    """
    texts = [message.content for message in prompt.messages]
    yield (
        f"{{# {prompt.task}/{prompt.variant}: {sum(map(likely_tokens, texts))} tokens or so (a quarter of the bytes), "
        f"{prompt.stable_share:.0%} of them stable #}}"
    )
    for message, parts in zip(prompt.messages, passages, strict=True):
        yield f"\n{{# ----- {message.role}, {_HALVES.get(message.role, '')}; {likely_tokens(message.content)} tokens ----- #}}"
        for part in parts:
            first, last = part.lines
            lines = f"{first}-{last}" if last > first else f"{first}"
            block = f", block {part.block}" if part.block else ""
            yield f"{{# {_shown(part.path, folders)}:{lines}{block}; {likely_tokens(part.text)} tokens #}}"
            yield part.text


def _shown(path: str, folders: Sequence[Path]) -> str:
    """Return a path from its prompt folder on: `builtin:…` for one of ours, `prompts/…` for one of the workspace's."""
    for folder in folders:
        if Path(path).is_relative_to(folder.resolve()):
            short = Path(path).relative_to(folder.resolve()).as_posix()
            return f"builtin:{short}" if folder == folders[-1] else f"prompts/{short}"
    return path
