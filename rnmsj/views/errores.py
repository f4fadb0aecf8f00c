"""Errors that Django does not draw with the look of the portal by itself (404, 403 and 500 it does)."""

from django.shortcuts import render


def peticion_invalida(request, exception=None):
    """400: what came cannot be understood, and it is not the visitor's fault to explain it in English."""
    return render(request, "400.html", status=400)
