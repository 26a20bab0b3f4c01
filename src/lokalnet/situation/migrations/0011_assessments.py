"""The signs that organisations see in an area, by the quarter.

The schema's part is generated.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
import lokalnet.foundation.times
import uuid
from django.db import migrations, models

from lokalnet.foundation.policies import protect, sql_file


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0007_parallel'),
        ('places', '0002_whole_picture'),
        ('situation', '0010_outside'),
    ]

    operations = [
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('seen', models.CharField(choices=[('seen', 'Seen'), ('not-seen', 'Not seen'), ('cannot-say', 'Cannot say')], max_length=10)),
                ('words', models.TextField(blank=True, max_length=2000)),
                ('sources', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('own', 'Own observation'), ('residents', 'Residents'), ('school-or-club', 'School or club'), ('partner', 'A partner'), ('other', 'Something else')], max_length=20), default=list, size=None)),
                ('certainty', models.CharField(blank=True, choices=[('low', 'Low'), ('medium', 'Medium'), ('high', 'High')], max_length=6)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('quarter', models.DateField()),
                ('sign', models.CharField(choices=[('strengths', 'What goes well'), ('recruiting', 'Recruiting'), ('dealing', 'Dealing points'), ('territory', 'Territorial threats')], max_length=12)),
                ('edition', models.PositiveIntegerField(default=1)),
                ('written_at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.partnership')),
            ],
        ),
        migrations.CreateModel(
            name='AssessmentVersion',
            fields=[
                ('seen', models.CharField(choices=[('seen', 'Seen'), ('not-seen', 'Not seen'), ('cannot-say', 'Cannot say')], max_length=10)),
                ('words', models.TextField(blank=True, max_length=2000)),
                ('sources', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('own', 'Own observation'), ('residents', 'Residents'), ('school-or-club', 'School or club'), ('partner', 'A partner'), ('other', 'Something else')], max_length=20), default=list, size=None)),
                ('certainty', models.CharField(blank=True, choices=[('low', 'Low'), ('medium', 'Medium'), ('high', 'High')], max_length=6)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('edition', models.PositiveIntegerField()),
                ('written_at', models.DateTimeField()),
                ('replaced_at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='situation.assessment')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
            ],
            options={
                'db_table': 'situation_assessment_version',
            },
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.UniqueConstraint(fields=('partnership', 'area', 'quarter', 'organisation', 'sign'), name='assessment_once'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('sign__in', ['strengths', 'recruiting', 'dealing', 'territory'])), name='assessment_sign_known'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('seen__in', ['seen', 'not-seen', 'cannot-say'])), name='assessment_seen_known'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('sources__contained_by', ['own', 'residents', 'school-or-club', 'partner', 'other'])), name='assessment_sources_known'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('quarter__day', 1), ('quarter__month__in', [1, 4, 7, 10])), name='assessment_quarter_is_its_first_day'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('certainty', ''), ('seen', 'cannot-say')), models.Q(models.Q(('seen', 'cannot-say'), _negated=True), ('certainty__in', ['low', 'medium', 'high']), ('sources__len__gt', 0)), _connector='OR'), name='assessment_says_how_sure'),
        ),
        migrations.AddConstraint(
            model_name='assessmentversion',
            constraint=models.UniqueConstraint(fields=('assessment', 'edition'), name='assessment_version_once'),
        ),
        protect('situation_assessment', 'situation_assessment_version'),
        sql_file(__file__, 'assessments'),
    ]
