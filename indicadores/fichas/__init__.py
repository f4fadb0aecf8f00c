"""What the pages say about the figures: charts, maps, tables, seals and the sentences that go with them."""

from indicadores.fichas.frases import faltas_de_cobertura
from indicadores.fichas.lineas import dibujar
from indicadores.fichas.sellos import Sello, con_cifra, sello, ultimo_con_cifra

__all__ = ["Sello", "con_cifra", "dibujar", "faltas_de_cobertura", "sello", "ultimo_con_cifra"]
