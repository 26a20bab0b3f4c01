"""Who is out: a watch may belong to a measure, and a report says what it was made under, and when it was answered.

The schema's part is generated.
"""

import django.db.models.deletion
from django.db import migrations, models

from lokalnet.foundation.policies import sql_file


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0009_own_areas'),
        ('situation', '0012_measures'),
    ]

    operations = [
        migrations.AddField(
            model_name='exact',
            name='planned_presence',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='exact',
            name='under_measure',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='situation.measure'),
        ),
        migrations.AddField(
            model_name='watch',
            name='measure',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='situation.measure'),
        ),
        migrations.AlterField(
            model_name='watch',
            name='who',
            field=models.CharField(blank=True, max_length=80, verbose_name='Who'),
        ),
        migrations.AddIndex(
            model_name='exact',
            index=models.Index(condition=models.Q(('under_measure__isnull', False)), fields=['under_measure'], name='exact_under_measure'),
        ),
        migrations.AddField(
            model_name='exact',
            name='answered_at',
            field=models.DateTimeField(null=True),
        ),
        sql_file(__file__, "waiting"),
        migrations.AddIndex(
            model_name='exact',
            index=models.Index(condition=models.Q(('answered_at__isnull', True)), fields=['organisation_id', 'reported_at'], name='exact_waiting'),
        ),
        migrations.AddIndex(
            model_name='exact',
            index=models.Index(condition=models.Q(('answered_at__isnull', False)), fields=['reporter', 'answered_at'], name='exact_answered'),
        ),
        sql_file(__file__, "presence"),
    ]
