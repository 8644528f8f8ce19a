"""Messages that invented senders wrote, by language and manner, and the voices measured of them."""

from outreach.domain.voices import Sample, Voice
from outreach.text.style import measure

#: Short sentences, contractions, `Hey`; full of names and figures that nobody else may ever read.
SHORT = {
    "en": (
        "Hey Priya,\n\nsaw Quillmark's new depot in Tampere. It's a lot at once. Who's planning the shifts? I'm curious.\n\nCheers,\nNoor",
        "Hey Otto,\n\nVexory cut no-shows by 47% last spring. That's rare. Don't you want to know how they did it?\n\nCheers,\nNoor",
        "Hey Lucía,\n\nI'll be quick. Your team's at 63 people now. What's changed for onboarding? It's fine to ignore me.\n\nCheers,\nNoor",
    ),
    "es": (
        "Hola, Priya:\n\nVi el almacén de Quillmark en Tampere. Es mucho de golpe. ¿Quién planifica los turnos contigo?\n\nUn abrazo,\nNoor",
        "Hola, Otto:\n\nVexory bajó las ausencias un 47 %. Es raro. ¿Quieres saber cómo lo hicieron?\n\nUn abrazo,\nNoor",
        "Hola, Lucía:\n\nVoy rápido. Tu equipo ya tiene 63 personas. ¿Qué cambió en la formación?\n\nUn abrazo,\nNoor",
    ),
    "pt": (
        "Olá, Priya,\n\nvi o armazém da Quillmark em Tampere. É muita coisa. Quem planeja os turnos?\n\nGrande abraço,\nNoor",
        "Olá, Otto,\n\na Vexory reduziu as faltas em 47%. Isso é raro. Quer saber como?\n\nGrande abraço,\nNoor",
        "Olá, Lucía,\n\nvou ser breve. Seu time já tem 63 pessoas. O que mudou no treinamento?\n\nGrande abraço,\nNoor",
    ),
    "de": (
        "Hi Priya,\n\nich habe das neue Lager von Quillmark in Tampere gesehen. Das ist viel auf einmal. Wer plant bei dir die Schichten?\n\nBeste Grüße\nNoor",
        "Hi Otto,\n\nVexory hat die Ausfälle um 47 % gesenkt. Das ist selten. Magst du wissen, wie?\n\nBeste Grüße\nNoor",
        "Hi Lucía,\n\nich bin schnell. Dein Team hat jetzt 63 Leute. Was hat sich für dich geändert?\n\nBeste Grüße\nNoor",
    ),
    "fr": (
        "Salut Priya,\n\nj'ai vu l'entrepôt de Quillmark à Tampere. C'est beaucoup d'un coup. Qui planifie les équipes chez toi ?\n\nBonne journée,\nNoor",
        "Salut Otto,\n\nVexory a réduit les absences de 47 %. C'est rare. Tu veux savoir comment ?\n\nBonne journée,\nNoor",
        "Salut Lucía,\n\nje fais vite. Ton équipe compte 63 personnes. Qu'est-ce qui a changé pour toi ?\n\nBonne journée,\nNoor",
    ),
}  # fmt: skip
#: Long sentences, everything written out, no greeting at all.
LONG = (
    "It is a rare thing for a firm such as Quillmark to open a depot in Tampere and to keep its planners at the same time, and I do not know many that have managed it. If you are the person who plans the shifts there, I would like to hear how you went about it.\n\nWith kind regards,\nNoor Adeyemi",
    "Vexory told me that it is the second week, and not the first, in which new planners do not turn up, which is why they moved the long call to that week. I am happy to send you what they wrote down, and you are free to use it as you like.\n\nWith kind regards,\nNoor Adeyemi",
    "That is the third depot that was opened in the harbour since the autumn, and I will not pretend that I know what it means for a team of 63. What I do know is that the planners who are left with two lists often cannot tell which of them is the right one.\n\nWith kind regards,\nNoor Adeyemi",
)
#: What stands in the samples and must stand nowhere else.
SECRETS = ("Priya", "Otto", "Lucía", "Quillmark", "Tampere", "Vexory", "47", "63", "Noor", "Adeyemi", "depot", "planner", "shift", "harbour", "autumn", "no-shows", "almacén", "Lager", "entrepôt", "armazém", "Ausfälle", "absences", "ausencias", "faltas")  # fmt: skip


def voice_of(*texts: str, language: str = "en", **more: object) -> Voice:
    samples = tuple(Sample(language=language, text=text) for text in texts)
    return Voice.model_validate(
        {"samples": samples, "styles": (measure(texts, language),) if texts else (), **more}
    )


def short_voice(language: str = "en", **more: object) -> Voice:
    return voice_of(*SHORT[language], language=language, **more)


def long_voice(**more: object) -> Voice:
    return voice_of(*LONG, **more)
