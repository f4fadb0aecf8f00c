"""Extensions and text functions that the tables need.

`sin_acentos` and `orden_es` are immutable wrappers, so indexes can be built on them, and they
work the same on a server without ICU or Spanish locales.
"""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

SIN_ACENTOS = """
CREATE FUNCTION sin_acentos(texto text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT public.unaccent('public.unaccent', lower(texto)) $$;
"""

# ñ sorts after every n: «nzzz» is what the Spanish alphabet would do with it.
ORDEN_ES = """
CREATE FUNCTION orden_es(texto text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT public.unaccent('public.unaccent', replace(lower(texto), 'ñ', 'nzzz')) $$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(SIN_ACENTOS, "DROP FUNCTION sin_acentos(text)"),
        migrations.RunSQL(ORDEN_ES, "DROP FUNCTION orden_es(text)"),
    ]
