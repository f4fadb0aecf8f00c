"""What a browser complains of in its console."""

DE_LA_PRUEBA = "Service Worker registration blocked by Playwright"
"""Said by the test itself, which blocks them."""


def anotar_queja(quejas, texto):
    """Keep a complaint of the page, and none of what the test causes."""
    if texto != DE_LA_PRUEBA:
        quejas.append(texto)
