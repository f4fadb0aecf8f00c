from django.apps import AppConfig


class EncuentrosConfig(AppConfig):
    name = "encuentros"
    verbose_name = "Encuentros"
