"""Concerns, decisions about them, and files. The schema's part is generated."""

import django.db.models.deletion
import lokalnet.foundation.times
import uuid
from django.db import migrations, models

from lokalnet.foundation.policies import protect, sql_file


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0011_person_room'),
        ('persons', '0001_vault'),
        ('disclosure', '0001_gate'),
    ]

    operations = [
        migrations.CreateModel(
            name='File',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=20)),
                ('about', models.CharField(choices=[('helped', 'Is offered help'), ('victim', 'Was harmed'), ('witness', 'Has seen something')], default='helped', max_length=7)),
                ('regime', models.CharField(choices=[('gdpr', 'The General Data Protection Regulation'), ('led', 'The Law Enforcement Act')], max_length=4)),
                ('opened_at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('deletes_on', models.DateField()),
                ('inform_by', models.DateField()),
                ('board_since', models.DateField(null=True)),
                ('edition', models.PositiveIntegerField(default=1)),
                ('controller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='persons.person')),
            ],
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField()),
                ('edition', models.PositiveIntegerField(default=1)),
                ('ended_at', models.DateTimeField(null=True)),
                ('controller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='persons.person')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='youth.file')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Concern',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('sent', 'Sent'), ('decided', 'Decided')], default='draft', max_length=7)),
                ('step', models.CharField(choices=[('contact', 'Contact'), ('first', 'First look'), ('screening', 'Screening'), ('final', 'Decision')], default='contact', max_length=9)),
                ('acute', models.BooleanField(default=False)),
                ('notified_on', models.DateField(null=True)),
                ('edition', models.PositiveIntegerField(default=1)),
                ('made_at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('changed_at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('sent_at', models.DateTimeField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('controller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='persons.person')),
            ],
        ),
        migrations.CreateModel(
            name='Forum',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=80)),
                ('controller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Informing',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField()),
                ('whom', models.CharField(choices=[('youth', 'The young person'), ('parents', 'The parents'), ('both', 'The young person and the parents'), ('waits', 'Nobody yet, and why')], max_length=7)),
                ('told_on', models.DateField()),
                ('at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('controller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='youth.file')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='persons.person')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Mark',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField()),
                ('made_at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('ends_on', models.DateField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('controller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='youth.file')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='persons.person')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField()),
                ('kind', models.CharField(choices=[('fact', 'What was seen or told, and by whom'), ('assessment', 'Assessment'), ('strength', 'What goes well'), ('own-view', 'What the young person says'), ('parents-view', 'What the parents say'), ('agreement', 'Agreement')], max_length=12)),
                ('at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('controller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                ('corrects', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='youth.note')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='youth.file')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='persons.person')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Placing',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField()),
                ('decided_at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('expires_on', models.DateField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('controller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='youth.file')),
                ('forum', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='youth.forum')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='persons.person')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('outcome', models.CharField(choices=[('onward', 'Goes on to the next step'), ('advice', 'Advice to the one who told of it'), ('notification', 'The duty to notify was made use of'), ('elsewhere', 'Others help already, or better'), ('nothing', 'No more is needed'), ('file', 'A file is opened')], max_length=12)),
                ('sealed', models.BinaryField()),
                ('at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('read_at', models.DateTimeField(null=True)),
                ('concern', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='youth.concern')),
                ('controller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='persons.person')),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
            ],
        ),
        migrations.CreateModel(
            name='ConcernText',
            fields=[
                ('concern', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='youth.concern')),
                ('sealed', models.BinaryField()),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('controller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='persons.person')),
            ],
            options={
                'db_table': 'youth_concern_text',
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('step', models.CharField(choices=[('contact', 'Contact'), ('first', 'First look'), ('screening', 'Screening'), ('final', 'Decision')], max_length=9)),
                ('outcome', models.CharField(choices=[('onward', 'Goes on to the next step'), ('advice', 'Advice to the one who told of it'), ('notification', 'The duty to notify was made use of'), ('elsewhere', 'Others help already, or better'), ('nothing', 'No more is needed'), ('file', 'A file is opened')], max_length=12)),
                ('urgent', models.BooleanField(default=False)),
                ('at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('sealed', models.BinaryField()),
                ('concern', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='youth.concern')),
                ('controller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                ('decider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='persons.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('concern', 'step'), name='decision_once_per_step')],
            },
        ),
        migrations.AddIndex(
            model_name='file',
            index=models.Index(fields=['owner'], name='file_by_owner'),
        ),
        migrations.AddConstraint(
            model_name='file',
            constraint=models.UniqueConstraint(fields=('controller', 'number'), name='file_number_once'),
        ),
        migrations.AddIndex(
            model_name='concern',
            index=models.Index(fields=['author', '-made_at'], name='concern_by_author'),
        ),
        migrations.AddIndex(
            model_name='concern',
            index=models.Index(fields=['controller', 'state', 'sent_at'], name='concern_by_state'),
        ),
        migrations.AddIndex(
            model_name='concern',
            index=models.Index(fields=['person'], name='concern_by_person'),
        ),
        migrations.AddConstraint(
            model_name='concern',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('person__isnull', True), ('sent_at__isnull', True), ('state', 'draft')), models.Q(models.Q(('state', 'draft'), _negated=True), ('person__isnull', False), ('sent_at__isnull', False)), _connector='OR'), name='concern_sent_has_person'),
        ),
        migrations.AddConstraint(
            model_name='forum',
            constraint=models.UniqueConstraint(fields=('controller', 'position'), name='forum_position_once'),
        ),
        migrations.AddConstraint(
            model_name='forum',
            constraint=models.CheckConstraint(condition=models.Q(('position__gte', 1), ('position__lte', 5)), name='forum_at_most_five'),
        ),
        protect('youth_file', 'youth_contact', 'youth_concern', 'youth_forum', 'youth_informing', 'youth_mark', 'youth_note', 'youth_placing', 'youth_reply', 'youth_concern_text', 'youth_decision'),
        sql_file(__file__, 'youth'),
        sql_file(__file__, 'concerns'),
    ]
