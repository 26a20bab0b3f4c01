"""Phones that are paired, and what they may do."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import lokalnet.access.models
import lokalnet.foundation.times
from lokalnet.foundation.policies import protect, sql_file


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0007_parallel'),
    ]

    operations = [
        migrations.CreateModel(
            name='Device',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('label', models.CharField(max_length=60, verbose_name='Name of the device')),
                ('public_key', models.BinaryField(null=True)),
                ('paired_at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('expires_at', models.DateTimeField(default=lokalnet.access.models._in_ninety_days)),
                ('seen_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='devices', to='access.member')),
            ],
        ),
        protect("access_device"),
        sql_file(__file__, "devices"),
    ]
