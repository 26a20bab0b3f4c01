"""What the parties promised each other, and every version of it. The schema's part is generated."""

import django.db.models.deletion
import lokalnet.foundation.times
import uuid
from django.db import migrations, models

from lokalnet.foundation.policies import protect, sql_file


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0007_parallel'),
    ]

    operations = [
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('text', models.CharField(max_length=500)),
                ('due_on', models.DateField()),
                ('state', models.CharField(choices=[('open', 'Open'), ('kept', 'Kept'), ('broken', 'Not kept'), ('changed', 'Changed')], default='open', max_length=7)),
                ('why', models.CharField(blank=True, max_length=1000)),
                ('edition', models.PositiveIntegerField(default=1)),
                ('made_at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('changed_at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.partnership')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='CommitmentVersion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('edition', models.PositiveIntegerField()),
                ('text', models.CharField(max_length=500)),
                ('due_on', models.DateField()),
                ('state', models.CharField(choices=[('open', 'Open'), ('kept', 'Kept'), ('broken', 'Not kept'), ('changed', 'Changed')], max_length=7)),
                ('why', models.CharField(blank=True, max_length=1000)),
                ('at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('commitment', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='partnership.commitment')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.partnership')),
            ],
            options={
                'db_table': 'partnership_commitment_version',
            },
        ),
        migrations.AddIndex(
            model_name='commitment',
            index=models.Index(fields=['partnership', 'party', 'due_on'], name='commitment_by_party'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'kept', 'broken', 'changed'])), name='commitment_state_known'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='commitment_says_something'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'open'), models.Q(('why', ''), _negated=True), _connector='OR'), name='commitment_state_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='commitmentversion',
            constraint=models.UniqueConstraint(fields=('commitment', 'edition'), name='commitment_version_once'),
        ),
        protect("partnership_commitment", "partnership_commitment_version"),
        sql_file(__file__, "commitments"),
    ]
