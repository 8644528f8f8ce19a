"""Names of prompts in; everything that lint can say of them out: of the files, and of what they render to for an example."""

from collections.abc import Iterator, Sequence

from outreach.errors import FileError, UsageError
from outreach.prompting.lint import PromptFault, lint_file
from outreach.prompting.lint_rules import budget
from outreach.prompting.loader import OverlayLoader
from outreach.running.prompt_samples import PlanSample, render_sample
from outreach.text.counting import likely_tokens
from outreach.workspace.files import near_match
from outreach.workspace.library import Library


def lint_prompts(library: Library, names: Sequence[str], sample: PlanSample) -> list[PromptFault]:
    """Return what is wrong with prompt files: those named, such as `sequence/default` or `_partials/voice`; else all there are.

    Raises:
        UsageError: there is no prompt file of a name.
    """
    loader = prompt_loader(library)
    there = all_names(loader)
    for name in names:
        if name not in there:
            raise UsageError(
                f"no prompt file {name!r}", hint=near_match(name, there) or f"there is: {', '.join(there)}"
            )
    faults: list[PromptFault] = []
    for name in names or there:
        found = lint_file(loader, f"{name}.j2")
        if not any(fault.severity == "error" for fault in found) and not name.startswith("_"):
            found += _rendered_faults(library, loader, name, sample)
        faults += found
    return faults


def prompt_loader(library: Library) -> OverlayLoader:
    """Return where the prompt files of a workspace are found."""
    return OverlayLoader(library.builtin / "prompts", library.workspace and library.workspace / "prompts")


def all_names(loader: OverlayLoader) -> list[str]:
    """Return the names of all prompt files, shared blocks too, without their ending."""
    return sorted(name.removesuffix(".j2") for name in (*loader.names(), *loader.shared_names()))


def _rendered_faults(
    library: Library, loader: OverlayLoader, name: str, sample: PlanSample
) -> Iterator[PromptFault]:
    """Yield what shows only in the rendered prompt: an error in it, too many tokens, an answer without a shape."""
    task, _, variant = name.partition("/")
    path = str(loader.find(f"{name}.j2"))
    try:
        rendered = render_sample(library, task, variant, sample)
    except FileError as error:
        yield PromptFault("render", "error", error.where or path, error.line or 1, error.what, error.hint)
        return
    if rendered is None:
        return
    most = budget(task)
    for message, passages in zip(rendered.prompt.messages, rendered.passages, strict=True):
        tokens, limit = likely_tokens(message.content), most.get(message.role, 0)
        if limit and tokens > limit:
            longest = max(passages, key=lambda passage: len(passage.text))
            yield PromptFault(
                "budget", "warn", path, 1, f"the {message.role} half renders to about {tokens} tokens; {limit} are enough for this task",
                f"the longest passage stands at {longest.path}:{longest.lines[0]}: a small model follows a page, not a book",
            )  # fmt: skip
    if rendered.prompt.answer_schema and not any(
        "JSON" in message.content for message in rendered.prompt.messages
    ):
        yield PromptFault(
            "no-answer-shape", "error", path, 1, "nothing in it says that the answer is JSON, nor of which shape",
            "keep {% include \"_partials/answer.j2\" %}: many endpoints take no JSON schema",
        )  # fmt: skip
