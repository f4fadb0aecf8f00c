"""Where mail goes in a first run, without a server: it is kept, to be read in the workspace.

What a mesa sends never comes this far (`operaciones_correo.entregar`); this is for what other
packages send by themselves: the links with which accounts are confirmed and passwords chosen.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.console import EmailBackend
from django.db import transaction
from django.utils import timezone

from cuentas.models import Correo


class GuardarYMostrar(EmailBackend):
    """Keeps each message for its recipient, and shows it in the terminal.

    In the terminal too because whoever forgot the password cannot enter to read the link: in a first
    run who asks for it and who started the portal are the same person.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        with transaction.atomic():
            for mensaje in email_messages:
                for para in mensaje.recipients():
                    Correo.objects.create(
                        clave=f"cuenta:{uuid.uuid4()}",
                        para=para,
                        asunto=mensaje.subject[:200],
                        texto=mensaje.body,
                        estado=Correo.Estado.GUARDADO,
                        resuelto_el=timezone.now(),
                    )
        return super().send_messages(email_messages)
