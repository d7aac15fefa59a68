from django.db import migrations, models


class Migration(migrations.Migration):
    """An import that is being undone has a state of its own."""

    dependencies = [("verbatims", "0002_word_index")]

    operations = [
        migrations.AlterField(
            model_name="importbatch",
            name="state",
            field=models.CharField(
                choices=[
                    ("uploaded", "Fichier reçu"),
                    ("mapped", "Colonnes reconnues"),
                    ("running", "Import en cours"),
                    ("done", "Import terminé"),
                    ("failed", "Import interrompu"),
                    ("undoing", "Annulation en cours"),
                    ("undone", "Import annulé"),
                ],
                default="uploaded",
                max_length=10,
            ),
        ),
    ]
