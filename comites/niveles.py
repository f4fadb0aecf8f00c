"""Who may read what a mesa writes. The same levels on sessions, agenda items and agreements."""

from django.db import models


class Nivel(models.TextChoices):
    """Level of confidentiality. Everything is born `MESA`; `PUBLICA` needs an act of publication.

    `CANDIDATA` is read like `MESA`: it says that whoever wrote it would put it to the assembly.

    Rule: dissemination «previo consenso en su asamblea» and without risking anybody's safety
    (proposals of the 3er Encuentro, rubro Comunicación y difusión).
    """

    PUBLICA = "publica", "Pública"
    CANDIDATA = "candidata", "Candidata a pública"
    RED = "red", "Para la Red"
    MESA = "mesa", "Para la mesa"
    RESERVADA = "reservada", "Reservada"
