"""Forms as the portal draws them: label, help, error and field tied together for every reader.

Inherit `Formulario` or `FormularioModelo`; in the page, `{% include "_piezas/formulario.html" %}` or each
field with `{{ form.campo.as_field_group }}` inside `<div class="{{ form.campo.css_classes }}">`
(that is `_piezas/campo.html`).
"""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.boundfield import BoundField


class Campo(BoundField):
    """A field with the class that the stylesheet knows."""

    def css_classes(self, extra_classes: str | Iterable[str] | None = None) -> str:
        # Django joins a set; sorted, so that the same page is always the same bytes.
        return " ".join(sorted({"campo", *super().css_classes(extra_classes).split()}))


class Presentable(forms.BaseForm):
    """What the two bases share: the classes of a field with an error, and labels without a colon."""

    bound_field_class = Campo
    error_css_class = "campo--error"

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.mejorar_controles()

    def reprochar(self, error: ValidationError, *, sin_campo: str | None = None) -> None:
        """Take the refusal of an operation and show it beside its field.

        Args:
            sin_campo: field that answers for what belongs to none of this form; without it, the top does.
        """
        por_campo = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        for campo, textos in por_campo.items():
            for texto in textos:
                self.add_error(campo if campo in self.fields else sin_campo, texto)

    def mejorar_controles(self) -> None:
        """Dates get the phone's own picker; long texts a box of a sensible height."""
        for campo in self.fields.values():
            control = campo.widget
            if isinstance(control, forms.DateInput) and control.input_type == "text":
                control.input_type, control.format = "date", "%Y-%m-%d"
            elif isinstance(control, forms.TimeInput) and control.input_type == "text":
                control.input_type, control.format = "time", "%H:%M"
            elif isinstance(control, forms.DateTimeInput) and control.input_type == "text":
                control.input_type, control.format = "datetime-local", "%Y-%m-%dT%H:%M"
            elif isinstance(control, forms.Textarea):
                control.attrs["rows"] = 4 if control.attrs.get("rows") in (None, "10") else control.attrs["rows"]
                control.attrs.pop("cols", None)


class Formulario(Presentable, forms.Form):
    """A form that belongs to no table."""


class FormularioModelo(Presentable, forms.ModelForm):
    """A form that writes one row."""
