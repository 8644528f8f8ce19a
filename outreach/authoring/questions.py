"""The name of a kind of file in; the questions of its form out, with the choices and defaults worked out."""

from functools import cache
from typing import Literal, get_args

from outreach.authoring.sheet import Sheet, first, texts
from outreach.authoring.tables import load_table
from outreach.authoring.wording import slug
from outreach.domain.record import Record
from outreach.domain.vocabulary import BUYING_ROLES, Function, Seniority
from outreach.intake.titles import read_title
from outreach.qualify.signals import fact_kinds

Kind = Literal["persona", "offer", "icp"]
KINDS: tuple[Kind, ...] = get_args(Kind)
#: What a claim of this kind is worth to a role: the form's default for how a role is convinced.
_EVIDENCE = {"technical_evaluator": "technical", "economic_buyer": "data", "gatekeeper": "none"}


class Question(Record):
    """One question of a form; `fields` are those of a row, where it takes several."""

    id: str
    ask: str
    kind: Literal["line", "list", "choice", "choices", "number", "group"]
    example: str = ""
    choices: str = ""
    default: str = ""
    required: bool = False
    check: str = ""
    fill: str = ""
    fields: tuple["Question", ...] = ()

    @property
    def options(self) -> tuple[str, ...]:
        """The words of which one is taken."""
        lists: dict[str, tuple[str, ...]] = {
            "@functions": get_args(Function),
            "@seniority": get_args(Seniority),
            "@roles": BUYING_ROLES,
            "@kinds": fact_kinds(),
        }
        return lists.get(self.choices) or tuple(self.choices.split())


@cache
def questions(kind: Kind) -> tuple[Question, ...]:
    """Return the questions of a kind of file, in the order they are asked."""
    return tuple(Question.model_validate(entry) for entry in load_table("questions")[kind])


def question(kind: Kind, name: str) -> Question:
    """Return one question of a kind of file."""
    return next(one for one in questions(kind) if one.id == name)


def default_of(asked: Question, sheet: Sheet, row: Sheet | None = None) -> str:
    """Return what an answer is taken for where none is given; `row` holds the fields before it."""
    title = read_title(first(sheet, "name"))
    match asked.default:
        case "@slug":
            return slug(first(sheet, "name"))
        case "@name":
            return first(sheet, "name")
        case "@functions":
            return "; ".join(_of_titles(sheet)[0])
        case "@seniority":
            return "; ".join(_of_titles(sheet)[1])
        case "@role":
            return role_of(title.functions, title.seniority)[0]
        case "@evidence":
            return _EVIDENCE.get(first(sheet, "buying_role"), "peers")
        case "@kind":
            return "figure" if any(char.isdigit() for char in first(row or {}, "text")) else "peer"
        case "@weight":
            return {"meeting": "heavy", "trial": "medium"}.get(first(row or {}, "kind"), "light")
    return asked.default


def _of_titles(sheet: Sheet) -> tuple[list[Function], list[Seniority]]:
    """Return the main function and the rank that each title says."""
    read = [read_title(title) for title in texts(sheet, "titles")]
    functions = dict.fromkeys(title.functions[0] for title in read if title.functions)
    ranks = dict.fromkeys(title.seniority for title in read if title.seniority)
    return [name for name in functions if name != "other"], list(ranks)


def role_of(
    functions: tuple[Function, ...], seniority: Seniority | None, employees: float | None = None
) -> tuple[str, str]:
    """Return the buying role that rank, field and size of the firm make likely, and the reason.

    The first row of `data/roles.toml` that applies holds; it is a proposal, and the reason says what it rests on.
    """
    for rule in load_table("roles")["rule"]:
        if "functions" in rule and not set(rule["functions"]) & set(functions[:1]):
            continue
        if "seniority" in rule and seniority not in rule["seniority"]:
            continue
        if "under" in rule and (employees is None or employees >= rule["under"]):
            continue
        return str(rule["role"]), str(rule["why"])
    return "influencer", "neither rank nor field says more"
