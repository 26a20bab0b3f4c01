"""A signal lies around a place and stands without what was flagged: nothing else is ever written, so neither is kept.

The defaults are for the way back alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("situation", "0021_themes")]
    operations = [
        migrations.RemoveConstraint("signal", "signal_kind_known"),
        migrations.AlterField("signal", "kind", models.CharField(max_length=10, default="cluster")),
        migrations.AlterField("signal", "stands_without", models.BooleanField(default=True)),
        migrations.RemoveField("signal", "kind"),
        migrations.RemoveField("signal", "stands_without"),
    ]
