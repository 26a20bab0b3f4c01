"""A word said to be a place counts for everybody when the data protection officer has approved it."""

import django.db.models.deletion
from django.db import migrations, models

from lokalnet.foundation.policies import sql_file


class Migration(migrations.Migration):
    dependencies = [("situation", "0008_files")]
    operations = [
        migrations.AddField("knownplace", "approved_at", models.DateTimeField(null=True)),
        migrations.AddField("knownplace", "approved_by", models.ForeignKey(
            null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.member")),
        migrations.AddConstraint("knownplace", models.CheckConstraint(
            condition=models.Q(approved_at__isnull=True, approved_by__isnull=True)
            | models.Q(approved_at__isnull=False, approved_by__isnull=False), name="known_place_approved_by_one")),
        sql_file(__file__, "proposals"),
    ]
