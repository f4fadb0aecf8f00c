"""Who may read what a mesa writes. The same four levels on sessions, agenda items and agreements."""

from django.db import models


class Nivel(models.TextChoices):
    """Level of confidentiality. Everything is born `MESA`; `PUBLICA` needs an act of publication.

    Rule: dissemination «previo consenso en su asamblea» and without risking anybody's safety
    (proposals of the 3er Encuentro, rubro Comunicación y difusión).
    """

    PUBLICA = "publica", "Pública"
    RED = "red", "Para la Red"
    MESA = "mesa", "Para la mesa"
    RESERVADA = "reservada", "Reservada"
