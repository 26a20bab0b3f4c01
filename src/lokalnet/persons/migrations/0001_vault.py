"""Persons, who may know them, and the visits. The schema's part is generated."""

import django.contrib.postgres.fields
import django.db.models.deletion
import lokalnet.foundation.times
import uuid
from django.db import migrations, models

from lokalnet.foundation.policies import protect, sql_file


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0011_person_room'),
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField()),
                ('edition', models.PositiveIntegerField(default=1)),
                ('made_at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('controller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Override',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField()),
                ('opened_at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('ends_at', models.DateTimeField()),
                ('wrong', models.BooleanField(default=False)),
                ('controller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='persons.person')),
            ],
            options={
                'indexes': [models.Index(fields=['controller', '-opened_at'], name='override_by_controller')],
            },
        ),
        migrations.CreateModel(
            name='Lookup',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('cpr', 'Civil registration number'), ('name', 'Name and date of birth')], max_length=4)),
                ('digest', models.BinaryField()),
                ('controller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='persons.person')),
            ],
            options={
                'indexes': [models.Index(fields=['controller', 'kind', 'digest'], name='lookup_by_digest')],
                'constraints': [models.UniqueConstraint(fields=('person', 'kind'), name='lookup_once')],
            },
        ),
        migrations.CreateModel(
            name='Access',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('because', models.CharField(choices=[('triage', 'A worry that is being clarified'), ('assigned', 'Works on the file'), ('override', 'Emergency access'), ('copy', 'Took the copy')], max_length=8)),
                ('since', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('until', models.DateTimeField(null=True)),
                ('controller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                ('given_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('member', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='persons.person')),
            ],
            options={
                'indexes': [models.Index(fields=['member', 'until'], name='access_by_member'), models.Index(fields=['person'], name='access_by_person'), models.Index(condition=models.Q(('member__isnull', True)), fields=['controller'], name='access_by_circle')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('because', 'triage'), ('member__isnull', True)), models.Q(models.Q(('because', 'triage'), _negated=True), ('member__isnull', False)), _connector='OR'), name='access_member_or_circle'), models.CheckConstraint(condition=models.Q(models.Q(('because', 'override'), _negated=True), ('until__isnull', False), _connector='OR'), name='access_override_ends')],
            },
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('purpose', models.CharField(max_length=40)),
                ('because', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('triage', 'A worry that is being clarified'), ('assigned', 'Works on the file'), ('override', 'Emergency access'), ('copy', 'Took the copy')], max_length=8), size=None)),
                ('entered_at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('ends_at', models.DateTimeField()),
                ('left_at', models.DateTimeField(null=True)),
                ('wrong', models.BooleanField(default=False)),
                ('controller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='persons.person')),
            ],
            options={
                'indexes': [models.Index(fields=['member', '-ends_at'], name='visit_by_member'), models.Index(fields=['person', '-entered_at'], name='visit_by_person'), models.Index(fields=['controller', '-entered_at'], name='visit_by_controller')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('entered_at'))), name='visit_ends_after_it_began')],
            },
        ),
        protect('persons_person', 'persons_override', 'persons_lookup', 'persons_access', 'persons_visit'),
        sql_file(__file__, 'vault'),
    ]
