"""The agendas with which the network begins. The staff changes them in the admin; nothing here overwrites them.

They follow the practice that is known of the mesas: authorities report what they did, figures
are looked at before agreeing, and what is agreed is read aloud with its responsible and date.
"""

PLANTILLAS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "plenaria",
        "Plenaria ordinaria",
        (
            "Bienvenida y lista de asistencia, 10 min",
            "Cifras de delitos de nuestros municipios, 15 min",
            "Informe de cada comité, 20 min",
            "Informe de las autoridades, 20 min",
            "Acuerdos: lectura con responsable y fecha, 15 min",
            "Qué consiente publicar la asamblea, 5 min",
            "Asuntos generales, 10 min",
        ),
    ),
    (
        "comite",
        "Reunión de comité",
        (
            "Lista de asistencia, 5 min",
            "Cifras del delito que atiende el comité, 15 min",
            "Avances desde la reunión anterior, 15 min",
            "Acuerdos: lectura con responsable y fecha, 15 min",
            "Asuntos generales, 10 min",
        ),
    ),
    (
        "taller",
        "Taller de inducción",
        (
            "Presentación de quienes participan, 15 min",
            "Qué es una mesa y cómo trabaja, 30 min",
            "Código de ética y conflicto de interés, 30 min",
            "Cómo se toma y se comprueba un acuerdo, 30 min",
            "Preguntas y siguientes pasos, 15 min",
        ),
    ),
    (
        "instalacion",
        "Instalación de la mesa",
        (
            "Bienvenida y presentación de integrantes, 20 min",
            "Declaración de instalación, 10 min",
            "Código de ética: lectura y aceptación, 15 min",
            "Elección de la coordinación, 20 min",
            "Comités: cuáles y quién los coordina, 20 min",
            "Calendario de sesiones, 10 min",
        ),
    ),
)
"""Kind of session, name, items."""
