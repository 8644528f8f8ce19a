"""A message's context in; what may be presumed of its reader out: whether code and notation are their daily bread."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from outreach.rubric.view import View

_TECHNICAL = re.compile(
    r"\b(?:engineer|developer|tags?|locali[sz]ation|translat\w+|traduc\w+|traduç\w+|tradut\w+|[üu]bersetz\w+|ansible|playbook\w*|devops|data|software|analytics|platform|dbt|jinja|liquid|sql|api|code|template|merge (?:field|tag)s?|crm|"
    r"programm\w+|entwickl\w+|desarroll\w+|desenvolv\w+|d[ée]velopp\w+|daten\w*|datos|dados|donn[ée]es|ingenier\w+|engenh\w+|ing[ée]nieur\w*|"
    r"script\w*|regex|html|css|xml|json|yaml|markdown|latex|terraform|kubernetes|plantilla\w*|modelo de e-?mail|vorlage\w*|platzhalter|"
    r"mod[èe]les? d[e']|variables?|marcador\w*|typograph\w*|email (?:design|marketing)\w*|webmaster|frontend|backend|web)\b", re.I)  # fmt: skip


def reader_is_technical(view: "View") -> bool:
    """Say whether the reader works with code or templates, so that notation may be meant literally."""
    prospect = view.context.prospect
    parts = (prospect.role, prospect.industry, *view.context.pain_points, *view.context.facts)
    return any(_TECHNICAL.search(part) for part in parts)


_TEMPLATES = re.compile(
    r"\b(?:jinja|liquid|tags?|ansible|playbook\w*|traduc\w+|traduç\w+|tradut\w+|translat\w+|[üu]bersetz\w+|handlebars|mustache|merge (?:field|tag)s?|template\w*|placeholder\w*|plantilla\w*|vorlage\w*|platzhalter\w*|mod[èe]les? d[e']|marcador\w*|helm|dbt)\b", re.I)  # fmt: skip


def reader_works_with_templates(view: "View") -> bool:
    """Say whether fields of templates are the reader's daily bread, so that one may be spoken of."""
    prospect = view.context.prospect
    parts = (prospect.role, prospect.industry, *view.context.pain_points, *view.context.facts)
    return any(_TEMPLATES.search(part) for part in parts)
