"""Plain values in; frozen, closed records out: the one base of every noun, and text in several languages."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo


class Record(BaseModel):
    """A frozen record that refuses unknown fields, so that a typing mistake in a file never passes in silence."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=False, hide_input_in_errors=True
    )


def _as_texts(value: Any, info: ValidationInfo) -> Any:
    """Read a plain string as a text in the language of the file it comes from (`context={"language": …}`)."""
    if isinstance(value, str):
        language = (info.context or {}).get("language", "en")
        return {language: value}
    return value


#: A text by language code: `{"en": "…", "es": "…"}`. In a file, a plain string is the workspace's language.
Texts = Annotated[dict[str, str], BeforeValidator(_as_texts), Field(min_length=1)]


def text_in(texts: dict[str, str], language: str) -> str | None:
    """Return the text in exactly this language, or None: a missing language is never replaced by another."""
    return texts.get(language)


def some_text(texts: dict[str, str], language: str) -> str:
    """Return the text in this language, else English, else the first there is. For people and models, not for drafts."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()))
