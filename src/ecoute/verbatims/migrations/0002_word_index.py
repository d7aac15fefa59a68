"""The index of words: FTS5 on SQLite, tsvector and GIN on PostgreSQL (outside Django's models)."""

from django.db import migrations

from ecoute.verbatims.search.engines import word_index


def create(apps, schema_editor):
    word_index(schema_editor.connection.vendor).create()


def drop(apps, schema_editor):
    word_index(schema_editor.connection.vendor).drop()


class Migration(migrations.Migration):
    dependencies = [("verbatims", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
