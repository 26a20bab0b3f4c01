"""An area is no point; "I saw it too" is taken back; words said to be places are proposals; what follows from acts.

The schema's part is generated.
"""

from contextlib import contextmanager

import django.db.models.deletion
from django.db import migrations, models

from lokalnet.foundation.policies import sql_file
from lokalnet.foundation.roles import as_role
from lokalnet.situation.reporting import keyed

BATCH = 5_000


@contextmanager
def seen_whole(cursor, table):
    """The owner is bound by the table's policies otherwise, and a role that sees all has its grants only afterwards."""
    cursor.execute(f"alter table {table} no force row level security")
    yield
    cursor.execute(f"alter table {table} force row level security")


def key_imported_rows(_apps, editor):
    """What rows were imported is told by keyed hashes from now on; a file that was imported before is still known."""
    with editor.connection.cursor() as cursor, seen_whole(cursor, "situation_import_row"):
        last = None
        while True:
            cursor.execute("select id, key from situation_import_row where %s::uuid is null or id > %s order by id "
                           "limit %s", [last, last, BATCH])
            rows = cursor.fetchall()
            if not rows:
                break
            cursor.execute("update situation_import_row r set key = k.key "
                           "from unnest(%s::uuid[], %s::bytea[]) k(id, key) where r.id = k.id",
                           [[row[0] for row in rows], [keyed(bytes(row[1])) for row in rows]])
            last = rows[-1][0]


def count_reporters(_apps, editor):
    """Of reports that were put together, as they are counted from now on."""
    with editor.connection.cursor() as cursor:
        with seen_whole(cursor, "situation_observation"):
            cursor.execute("select distinct merged_into_id from situation_observation where merged_into_id is not null")
            roots = [row[0] for row in cursor.fetchall()]
        if roots:
            with as_role("lokalnet_definer"):
                cursor.execute("select count_reporters(root) from unnest(%s::uuid[]) root", [roots])


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0007_parallel'),
        ('situation', '0008_files'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='act',
            name='act_kind_known',
        ),
        migrations.RemoveConstraint(
            model_name='act',
            name='act_seen_too_once',
        ),
        migrations.AddField(
            model_name='knownplace',
            name='approved_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='knownplace',
            name='approved_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member'),
        ),
        migrations.AddField(
            model_name='observation',
            name='named_area',
            field=models.UUIDField(null=True),
        ),
        migrations.AlterField(
            model_name='act',
            name='answer',
            field=models.CharField(blank=True, choices=[('seen', 'We have seen it'), ('taken', 'Somebody has taken it on'), ('outcome', 'This is what came of it'), ('no-more', 'We do no more about it')], max_length=10),
        ),
        migrations.AlterField(
            model_name='act',
            name='kind',
            field=models.CharField(choices=[('seen-too', 'I saw it too'), ('unseen', 'Took back: I saw it too'), ('confirmed', 'Confirmed'), ('refuted', 'Refuted'), ('reopened', 'Open again'), ('corrected', 'Corrected'), ('withdrawn', 'Withdrawn'), ('restored', 'Restored'), ('merged', 'Put together'), ('split', 'Taken apart'), ('recognised', 'Text removed: somebody could be recognised'), ('answered', 'Answered')], max_length=12),
        ),
        migrations.AddConstraint(
            model_name='act',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['seen-too', 'unseen', 'confirmed', 'refuted', 'reopened', 'corrected', 'withdrawn', 'restored', 'merged', 'split', 'recognised', 'answered'])), name='act_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='knownplace',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', True), ('approved_by__isnull', True)), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False)), _connector='OR'), name='known_place_approved_by_one'),
        ),
        sql_file(__file__, "consequences", instead_of="consequences_at_first"),
        sql_file(__file__, "proposals", instead_of="known_places_at_first"),
        sql_file(__file__, "leftovers"),
        migrations.RunPython(key_imported_rows, migrations.RunPython.noop),
        migrations.RunPython(count_reporters, migrations.RunPython.noop),
    ]
