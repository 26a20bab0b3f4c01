-- Questions to partners who never log in: who may ask, who sees them, and the two functions that a link opens. Whoever
-- holds a link is no actor; the functions give one open question for one token, take one answer, and nothing else.

-- Members of the organisation whose measure it is ask, and of others those who may agree to measures.
create function may_ask(measure uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as
$$ select exists (
     select from situation_measure m
     where m.id = measure and m.partnership_id = any(array(select actor_partnerships()))
       and actor_may('measures', 'measures')
       and (m.organisation_id = actor_organisation()
            or (measure_shown(actor_kind(), m.visibility) and actor_may('measures', 'measures-agreed')))) $$;

create function is_party(organisation uuid, partnership uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as
$$ select partnership in (select organisation_partnerships(organisation)) $$;

-- A question is seen with what it is about, as the steps are that its answer becomes.
create policy shown on situation_question for select to lokalnet_app
  using (exists (select from situation_measure m where m.id = measure_id));
create policy asked on situation_question for insert to lokalnet_app
  with check (asked_by_id = (select actor_id()) and organisation_id = (select actor_organisation())
              and may_ask(measure_id)
              and exists (select from situation_measure m
                          where m.id = measure_id and m.partnership_id = situation_question.partnership_id)
              and (asked_of_id is null
                   or (asked_of_id <> organisation_id and is_party(asked_of_id, partnership_id))));
create policy new_is_new on situation_question as restrictive for insert to lokalnet_app
  with check (answered_at is null and withdrawn_at is null and expires_at <= now() + interval '31 days'
              and length(token_hash) = 32);
-- Withdrawn, or the answer noted: by who asked, or who decides about measures there. Withdrawn is withdrawn.
create policy kept on situation_question for update to lokalnet_app
  using (withdrawn_at is null and organisation_id = (select actor_organisation())
         and (asked_by_id = (select actor_id()) or (select actor_may('measures', 'measures-agreed'))))
  with check (organisation_id = (select actor_organisation()));

-- The state that a link works in. The partnership that asked must still be one, with the one who asked in it.
create function live_question(token bytea) returns setof situation_question
language sql stable security definer set search_path = public, pg_temp as
$$ select q.* from situation_question q
   where q.token_hash = token and q.answered_at is null and q.withdrawn_at is null and q.expires_at > now()
     and is_party(q.organisation_id, q.partnership_id) $$;

create function open_question(token bytea)
returns table (partnership text, asked text, question text, kind text, joins boolean, expires_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as
$$ select p.name::text, coalesce(o.name, q.label)::text, q.question::text, q.kind::text, q.joins, q.expires_at
   from live_question(token) q join access_partnership p on p.id = q.partnership_id
   left join access_organisation o on o.id = q.asked_of_id $$;

-- What may stand in the answer though it looks like a name: the partnership's places (situation/knowing.py).
create function places_of_question(token bytea) returns setof text
language sql stable security definer set search_path = public, pg_temp as
$$ select a.name::text from live_question(token) q join access_partnership p on p.id = q.partnership_id
   join places_area a on a.longitude between p.west and p.east and a.latitude between p.south and p.north
   union select w.word::text from live_question(token) q join situation_known_place w
     on w.partnership_id = q.partnership_id and w.approved_at is not null and w.struck_at is null $$;

-- A double click, or two who share a link: the second is told that it was answered, and only in the first minutes.
create function question_just_answered(token bytea) returns boolean
language sql stable security definer set search_path = public, pg_temp as
$$ select exists (select from situation_question q
                  where q.token_hash = token and q.answered_at > now() - interval '10 minutes') $$;

-- Once. The row is locked by the update, so of two at the same time the second finds it answered. `said` is what the
-- measure's history keeps: the question with its answer, in words.
create function answer_question(token bytea, replied text, in_words text, said text)
returns table (question_id uuid, organisation_id uuid)
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare
  q situation_question;
  about situation_measure;
  standing text;
begin
  update situation_question t set answered_at = now(), reply = replied, words = in_words
    where t.id in (select l.id from live_question(token) l)
      and t.answered_at is null and t.withdrawn_at is null and t.expires_at > now()
    returning t.* into q;
  if q.id is null then return; end if;
  if (q.kind in ('confirm', 'both')) <> (replied <> '') or (q.kind = 'words' and in_words = '')
     or (q.kind = 'confirm' and in_words <> '') then
    raise exception 'answer-does-not-fit' using errcode = 'LN001';
  end if;
  insert into situation_step (id, measure_id, organisation_id, member_id, kind, note, detail, at)
    values (gen_random_uuid(), q.measure_id, coalesce(q.asked_of_id, q.organisation_id), null, 'answered', said,
            jsonb_strip_nulls(jsonb_build_object('question', q.id, 'reply', nullif(replied, ''))), now());
  if q.joins then
    select * into about from situation_measure where id = q.measure_id for update;
    standing := measure_standing(about.state, about.ends_on);
    begin
      if replied = 'yes' and step_fits('joined', standing)
         or exists (select from situation_measure_partner p where p.measure_id = about.id
                    and p.organisation_id = q.asked_of_id and p.state = 'asked') and step_fits('declined', standing) then
        insert into situation_step (id, measure_id, organisation_id, member_id, kind, note, detail, at)
          values (gen_random_uuid(), q.measure_id, q.asked_of_id, null,
                  case replied when 'yes' then 'joined' else 'declined' end, '',
                  jsonb_build_object('question', q.id), now());
      end if;
    exception when sqlstate 'LN001' then null;  -- no partner of it can be: what was answered stands all the same
    end;
  end if;
  return query select q.id, q.organisation_id;
end
$$;

-- In the log of the organisation that asked. The digests are made outside the database, as everybody's are
-- (access/events.py); nobody acts, so no policy lets this entry in, and it can only tell of an answer given just now.
create function note_answer(entry uuid, written_at timestamptz, answered uuid, entry_salt bytea, entry_digest bytea,
                            entry_mac bytea) returns void
language sql volatile security definer set search_path = public, pg_temp as
$$ insert into access_event (id, at, member_id, organisation_id, kind, purpose, because, subject_kind, subject, detail,
                             salt, digest, mac)
   select entry, written_at, null, q.organisation_id, 'question.answered', 'measures', '', 'question', q.id, '{}',
          entry_salt, entry_digest, entry_mac
   from situation_question q where q.id = answered and q.answered_at = now() $$;

-- A measure points to what its own partnership promised.
create policy of_one_partnership on situation_measure as restrictive for insert to lokalnet_app
  with check (commitment_id is null or exists (
    select from partnership_commitment c
    where c.id = commitment_id and c.partnership_id = situation_measure.partnership_id));
create policy of_one_partnership_still on situation_measure as restrictive for update to lokalnet_app
  with check (commitment_id is null or exists (
    select from partnership_commitment c
    where c.id = commitment_id and c.partnership_id = situation_measure.partnership_id));

-- Retention deletes by SQL: with a measure go its questions, and a measure stays when a commitment goes.
alter table situation_question add constraint question_of_measure foreign key (measure_id)
  references situation_measure (id) on delete cascade deferrable initially immediate;
alter table situation_measure add constraint measure_of_commitment foreign key (commitment_id)
  references partnership_commitment (id) on delete set null deferrable initially immediate;
create policy expiring on situation_question for select to lokalnet_retention using (true);
create policy expired on situation_question for delete to lokalnet_retention
  using (coalesce(answered_at, withdrawn_at, expires_at) < now() - interval '90 days');

do $$
declare f regprocedure;
begin
  foreach f in array array['may_ask(uuid)', 'is_party(uuid, uuid)', 'live_question(bytea)', 'open_question(bytea)',
                           'places_of_question(bytea)', 'question_just_answered(bytea)',
                           'answer_question(bytea, text, text, text)',
                           'note_answer(uuid, timestamptz, uuid, bytea, bytea, bytea)']::regprocedure[] loop
    -- Before the owner changes: afterwards a revoke by the old owner only warns, and the public keeps the right.
    execute format('revoke all on function %s from public', f);
    if f::text !~ '^live_question' then
      execute format('grant execute on function %s to lokalnet_app', f);
    end if;
    execute format('alter function %s owner to lokalnet_definer', f);
  end loop;
end $$;
