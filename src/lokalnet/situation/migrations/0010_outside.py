"""Reports from outdoors: pictures of places, quiet weeks, and by which phone and its clock a report was written."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import lokalnet.foundation.times
from lokalnet.foundation.policies import protect, sql_file

OF_PLACES = ("vandalism", "unsafe-place")


def let_places_have_pictures(_apps, editor):
    """Categories that were installed before. The owner is bound by the table's policies otherwise."""
    with editor.connection.cursor() as cursor:
        cursor.execute("alter table situation_category no force row level security")
        cursor.execute("update situation_category set takes_photos = true where slug = any(%s)", [list(OF_PLACES)])
        cursor.execute("alter table situation_category force row level security")


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0008_devices'),
        ('situation', '0009_reviewed'),
    ]

    operations = [
        migrations.AddField(
            model_name='category',
            name='takes_photos',
            field=models.BooleanField(db_default=False, default=False, help_text='Only for damage, lighting and places: never where the report is about what people do.', verbose_name='Pictures may be sent'),
        ),
        migrations.AddField(
            model_name='receipt',
            name='device_id',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='receipt',
            name='written_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('observation', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='%(class)s', serialize=False, to='situation.observation')),
                ('partnership_id', models.UUIDField()),
                ('organisation_id', models.UUIDField()),
                ('source_kind', models.CharField(max_length=20)),
                ('visibility', models.CharField(max_length=20)),
                ('police_sees', models.CharField(max_length=10)),
                ('jpeg', models.BinaryField()),
                ('width', models.PositiveSmallIntegerField()),
                ('height', models.PositiveSmallIntegerField()),
                ('brought', models.BinaryField()),
                ('added_at', models.DateTimeField(default=lokalnet.foundation.times.now)),
            ],
            options={
                'db_table': 'situation_photo',
                'constraints': [models.CheckConstraint(condition=models.Q(('height__gt', 0), ('width__gt', 0)), name='photo_has_size')],
            },
        ),
        migrations.CreateModel(
            name='QuietWeek',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('week', models.DateField()),
                ('said_at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.partnership')),
            ],
            options={
                'db_table': 'situation_quiet_week',
                'constraints': [models.UniqueConstraint(fields=('partnership', 'member', 'week'), name='quiet_week_once'), models.CheckConstraint(condition=models.Q(('week__iso_week_day', 1)), name='quiet_week_is_a_monday')],
            },
        ),
        protect("situation_photo", "situation_quiet_week"),
        sql_file(__file__, "outside"),
        migrations.RunPython(let_places_have_pictures, migrations.RunPython.noop),
    ]
