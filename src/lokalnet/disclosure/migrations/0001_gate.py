"""Grounds, offers and copies. The schema's part is generated."""

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
        ('persons', '0001_vault'),
    ]

    operations = [
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('purpose', models.CharField(max_length=40)),
                ('stage', models.CharField(max_length=40)),
                ('preset', models.CharField(blank=True, max_length=40)),
                ('fields', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('bars', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('informed', models.CharField(choices=[('yes', 'The young person or parents were informed'), ('no', 'They were not informed')], max_length=3)),
                ('copy_until', models.DateField()),
                ('state', models.CharField(choices=[('offered', 'Offered'), ('accepted', 'Taken'), ('declined', 'Declined'), ('withdrawn', 'Taken back before it was taken'), ('expired', 'Expired'), ('recalled', 'Taken back'), ('told', 'Told in words')], default='offered', max_length=9)),
                ('sealed', models.BinaryField()),
                ('snapshot', models.BinaryField(null=True)),
                ('offered_at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('expires_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('answer_sealed', models.BinaryField(null=True)),
                ('recalled_at', models.DateTimeField(null=True)),
                ('answer_due_on', models.DateField(null=True)),
                ('recall_answer', models.CharField(blank=True, choices=[('deleted', 'The copy is deleted'), ('kept', 'Kept on a ground of our own')], max_length=7)),
                ('recall_answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('giver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                ('giver_member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
            ],
        ),
        migrations.CreateModel(
            name='Ground',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('code', models.SlugField(max_length=60)),
                ('version', models.PositiveIntegerField(default=1)),
                ('state', models.CharField(choices=[('proposed', 'Proposed'), ('in-force', 'In force'), ('declined', 'Declined'), ('superseded', 'Replaced')], default='proposed', max_length=10)),
                ('paragraph', models.CharField(max_length=120)),
                ('title_da', models.CharField(max_length=160)),
                ('title_en', models.CharField(max_length=160)),
                ('text_da', models.TextField()),
                ('gives', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('receives', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('purposes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('fields', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('bars', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('age_from', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('age_to', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('regime', models.CharField(blank=True, choices=[('gdpr', 'The General Data Protection Regulation'), ('led', 'The Law Enforcement Act')], max_length=4)),
                ('source', models.CharField(max_length=300)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('verified', models.BooleanField(default=False)),
                ('why', models.CharField(blank=True, max_length=500)),
                ('proposed_at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decline_reason', models.CharField(blank=True, max_length=500)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.partnership')),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
            ],
        ),
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('words', models.CharField(max_length=1000)),
                ('at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.partnership')),
                ('ground', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='confirmations', to='disclosure.ground')),
            ],
        ),
        migrations.CreateModel(
            name='OfferSource',
            fields=[
                ('offer', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='disclosure.offer')),
            ],
            options={
                'db_table': 'disclosure_offer_source',
            },
        ),
        migrations.AddField(
            model_name='offer',
            name='ground',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='disclosure.ground'),
        ),
        migrations.AddField(
            model_name='offer',
            name='partnership',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.partnership'),
        ),
        migrations.AddField(
            model_name='offer',
            name='receiver',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation'),
        ),
        migrations.CreateModel(
            name='Copy',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('regime', models.CharField(choices=[('gdpr', 'The General Data Protection Regulation'), ('led', 'The Law Enforcement Act')], max_length=4)),
                ('bars', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('state', models.CharField(choices=[('open', 'Can be read'), ('locked', 'Locked, because the giver has taken it back'), ('gone', 'Gone')], default='open', max_length=6)),
                ('made_at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('expires_on', models.DateField()),
                ('kept_sealed', models.BinaryField(null=True)),
                ('controller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='persons.person')),
                ('offer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='disclosure.offer')),
            ],
        ),
        migrations.CreateModel(
            name='Withheld',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('purpose', models.CharField(blank=True, max_length=40)),
                ('sealed', models.BinaryField()),
                ('at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('giver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='persons.person')),
                ('receiver', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='CopyText',
            fields=[
                ('copy', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='disclosure.copy')),
                ('sealed', models.BinaryField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='persons.person')),
            ],
            options={
                'db_table': 'disclosure_copy_text',
            },
        ),
        migrations.AddConstraint(
            model_name='ground',
            constraint=models.UniqueConstraint(fields=('partnership', 'code', 'version'), name='ground_version_once'),
        ),
        migrations.AddConstraint(
            model_name='ground',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'in-force')), fields=('partnership', 'code'), name='ground_in_force_once'),
        ),
        migrations.AddConstraint(
            model_name='ground',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('proposed_by', models.F('decided_by')), _negated=True), ('proposed_by__isnull', True), _connector='OR'), name='ground_needs_four_eyes'),
        ),
        migrations.AddConstraint(
            model_name='ground',
            constraint=models.CheckConstraint(condition=models.Q(('age_to__isnull', True), ('age_from__isnull', True), ('age_to__gte', models.F('age_from')), _connector='OR'), name='ground_ages_forward'),
        ),
        migrations.AddConstraint(
            model_name='ground',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='ground_period_forward'),
        ),
        migrations.AddConstraint(
            model_name='confirmation',
            constraint=models.UniqueConstraint(fields=('ground', 'organisation'), name='ground_confirmed_once'),
        ),
        migrations.AddField(
            model_name='offersource',
            name='giver',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation'),
        ),
        migrations.AddField(
            model_name='offersource',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='persons.person'),
        ),
        migrations.AddIndex(
            model_name='offer',
            index=models.Index(fields=['receiver', 'state'], name='offer_by_receiver'),
        ),
        migrations.AddIndex(
            model_name='offer',
            index=models.Index(fields=['giver', '-offered_at'], name='offer_by_giver'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.CheckConstraint(condition=models.Q(('giver', models.F('receiver')), _negated=True), name='offer_to_somebody_else'),
        ),
        migrations.AddIndex(
            model_name='copy',
            index=models.Index(fields=['holder', 'state'], name='copy_by_holder'),
        ),
        migrations.AddIndex(
            model_name='withheld',
            index=models.Index(fields=['person', '-at'], name='withheld_by_person'),
        ),
        migrations.AddIndex(
            model_name='offersource',
            index=models.Index(fields=['person'], name='offer_source_by_person'),
        ),
        protect('disclosure_offer', 'disclosure_ground', 'disclosure_confirmation', 'disclosure_offer_source', 'disclosure_copy', 'disclosure_withheld', 'disclosure_copy_text'),
        sql_file(__file__, 'gate'),
    ]
