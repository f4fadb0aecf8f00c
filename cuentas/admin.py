from allauth.account import admin as correos
from allauth.mfa import admin as factores
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm

from cuentas.models import Usuario
from cuentas.operaciones import abrir_cuenta, enlace_de_invitacion

# Whoever could write these rows could take the second factor off an account, or make it answer to an
# address of their own. They belong to the person, who changes them in /cuenta/.
admin.site.unregister([correos.EmailAddress, factores.Authenticator])


class AltaDeUsuario(AdminUserCreationForm):
    class Meta:
        model = Usuario
        fields = ["email"]


@admin.register(Usuario)
class UsuarioAdmin(UserAdmin):
    """Accounts of the portal; who may do what in a mesa is decided by the posts, not here."""

    add_form = AltaDeUsuario
    ordering = ["email"]
    list_display = ["email", "is_staff", "is_active", "last_login"]
    list_filter = ["is_staff", "is_active", "groups"]
    search_fields = ["email"]
    readonly_fields = ["last_login", "date_joined"]
    actions = ["invitar"]
    fieldsets = [
        (None, {"fields": ["email", "password"]}),
        ("Permisos", {"fields": ["is_active", "is_staff", "is_superuser", "groups"]}),
        ("Fechas", {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "usable_password", "password1", "password2"]})]
    filter_horizontal = ["groups"]

    @admin.action(description="Dar un enlace de invitación (sirve una vez)", permissions=["add"])
    def invitar(self, request, queryset):
        """Only for accounts that nobody has entered yet: a link for a living account would hand it over."""
        usuarios = [usuario for usuario in queryset[:6] if not usuario.has_usable_password()]
        if len(usuarios) != queryset.count() or len(usuarios) > 5:
            self.message_user(request, "Elige hasta cinco cuentas que todavía no tengan contraseña.", messages.ERROR)
            return
        for usuario in usuarios:
            abrir_cuenta(email=usuario.email)
            enlace = request.build_absolute_uri(enlace_de_invitacion(usuario))
            self.message_user(request, f"{usuario}: {enlace}", messages.SUCCESS)
