"""Who may log in. What each one may do is decided by posts with dates, in `mesas`."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class GestorDeUsuarios(BaseUserManager["Usuario"]):
    """Creates accounts whose name is an e-mail, always in lower case."""

    def create_user(self, email: str, password: str | None = None, **campos: Any) -> Usuario:
        """An account; without password it can only be entered through an invitation."""
        usuario = self.model(email=self.normalize_email(email).lower(), **campos)
        usuario.set_password(password)
        usuario.save(using=self._db)
        return usuario

    def create_superuser(self, email: str, password: str | None = None, **campos: Any) -> Usuario:
        """The first account of the staff (`manage.py createsuperuser`)."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **campos)


class Usuario(AbstractUser):
    """An account of the portal: a coordinator, a member of a mesa, or staff of México SOS.

    The account says nothing about the person: name, mesa and post live in `mesas`, dated,
    so that rights end by themselves the day the post ends. `is_staff` is for México SOS only.
    """

    username = None
    first_name = None
    last_name = None
    email = models.EmailField("correo electrónico", unique=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = GestorDeUsuarios()

    class Meta:
        verbose_name = "usuario"
        verbose_name_plural = "usuarios"
        constraints = [
            models.CheckConstraint(
                name="cuentas_correo_en_minusculas",
                condition=Q(email=Lower("email")),
                violation_error_message="El correo electrónico se guarda en minúsculas.",
            ),
        ]

    def __str__(self) -> str:
        return self.email

    def get_full_name(self) -> str:
        return self.email

    def get_short_name(self) -> str:
        return self.email.split("@")[0]
