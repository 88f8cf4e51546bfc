"""Takes the limits from the short texts of a PostgreSQL that an older release made."""

from django.db import migrations

ROOMS = ("accounts", "annex", "archive", "audit", "members", "systems", "plans", "drills")
LIMITED = """
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = current_schema() AND data_type = 'character varying'
    AND character_maximum_length IS NOT NULL AND split_part(table_name, '_', 1) IN %s
"""


def lift(apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(LIMITED, [ROOMS])
        for table, column in cursor.fetchall():
            cursor.execute(
                f"ALTER TABLE {quote(table)} ALTER COLUMN {quote(column)} TYPE varchar"
            )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_sign_in_sessions")]
    operations = [migrations.RunPython(lift, migrations.RunPython.noop)]
