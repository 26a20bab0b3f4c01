-- One's own rows and nobody else's. A paired phone has no right to notices, and its member's are not shown on it.
create policy own on notices_preferences for all to lokalnet_app
  using (member_id = (select actor_id()) and (select actor_may('notices', 'notices')))
  with check (member_id = (select actor_id()) and (select actor_may('notices', 'notices')));
create policy own on notices_notice for select to lokalnet_app
  using (member_id = (select actor_id()) and (select actor_may('notices', 'notices')));
create policy own_opened on notices_notice for update to lokalnet_app
  using (member_id = (select actor_id()) and (select actor_may('notices', 'notices')))
  with check (member_id = (select actor_id()));
create policy own on notices_message for all to lokalnet_app
  using (member_id = (select actor_id()) and (select actor_may('notices', 'notices')))
  with check (member_id = (select actor_id()) and (select actor_may('notices', 'notices')));

create policy expiring on notices_notice for select to lokalnet_retention using (true);
create policy expired on notices_notice for delete to lokalnet_retention using (true);
create policy expiring on notices_message for select to lokalnet_retention using (true);
create policy expired on notices_message for delete to lokalnet_retention using (true);

-- A mail goes with its age; what it told of stays.
alter table notices_notice add constraint notice_of_message foreign key (message_id)
  references notices_message (id) on delete set null deferrable initially immediate;

-- The unopened notice of one member about one thing: made, or told once more.
create function notices_note(told_member uuid, absent uuid, at_table uuid, of_kind text, of_subject uuid,
                             from_position bigint, wanted_pace text) returns void
language sql volatile security definer set search_path = public, pg_temp as
$$
  insert into notices_notice as n (id, member_id, on_behalf_of_id, partnership_id, kind, subject, since, pace)
    values (gen_random_uuid(), told_member, absent, at_table, of_kind, of_subject, from_position, wanted_pace)
  on conflict (member_id, on_behalf_of_id, kind, subject) where opened_at is null do update
    set happened = n.happened + 1, since = least(n.since, excluded.since), pace = excluded.pace,
        changed_at = now(), hidden_at = null,
        waits_since = case when n.happened > n.told then n.waits_since else now() end
$$;

-- Something happened to `subject` that `member` is to be told of: nothing for whoever no longer works here, is at no
-- such table, or is a connected system. Who is away keeps it in the bell, and the stand-in is told too; the stand-in's
-- stand-in is not. `pace` null is the member's own. An exercise sends no mail. Who tells several in one transaction
-- tells them in the order of their ids: two who do wait for each other, and not crosswise.
create function notices_tell(member uuid, partnership uuid, kind text, subject uuid, since bigint, pace text)
returns void
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare
  standing_in uuid;
  wanted text := coalesce(notices_tell.pace, '');
begin
  if not exists (select from working_member(notices_tell.member) w
                 where w.user_id is not null
                   and notices_tell.partnership = any(array(select organisation_partnerships(w.organisation_id)))) then
    return;
  end if;
  if exists (select from access_partnership p where p.id = notices_tell.partnership and p.exercise_of_id is not null) then
    wanted := 'bell';
  end if;
  perform notices_note(notices_tell.member, null, notices_tell.partnership, notices_tell.kind, notices_tell.subject,
                       notices_tell.since, wanted);
  select s.id into standing_in from notices_preferences p join access_member m on m.id = p.member_id
    cross join lateral working_member(m.stand_in_id) s
    where s.user_id is not null and s.organisation_id = m.organisation_id
      and p.member_id = notices_tell.member and today() between p.away_from and p.away_until;
  if standing_in is not null then
    perform notices_note(standing_in, notices_tell.member, notices_tell.partnership, notices_tell.kind,
                         notices_tell.subject, notices_tell.since, wanted);
  end if;
end
$$;

-- Whom the sender has to look at, the longest waiting first and whoever was tried in vain after them: members, and
-- nothing of what waits. Whether a mail may go just now is decided on the member's own behalf. What may not have arrived
-- goes along with a later mail.
create function notices_waiting(at timestamptz) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as
$$
  select w.member_id from (  -- for the worker, who acts for nobody
    select n.member_id, greatest(min(n.waits_since), max(w.next_try_at)) as since from notices_notice n
      left join notices_preferences p on p.member_id = n.member_id
      left join notices_message last on last.id = n.message_id
      left join notices_message w on w.member_id = n.member_id and w.state = 'waiting'
      where n.opened_at is null and n.hidden_at is null and (n.happened > n.told or last.state = 'uncertain')
        and coalesce(nullif(n.pace, ''), p.pace, 'at-once') <> 'bell'
        and coalesce(p.mail, true) and p.stopped_at is null
        and (w.id is null or w.next_try_at <= notices_waiting.at)
      group by 1
    union all
    select x.member_id, x.next_try_at from notices_message x
      where x.state = 'handed' or (x.state = 'waiting' and x.next_try_at <= notices_waiting.at)) w
  where actor_id() is null and exists (select from working_member(w.member_id)) group by 1 order by min(w.since), 1
$$;

-- How mail goes, for those who run the service: numbers of all members together.
create function notices_mail(since timestamptz) returns table (state text, number bigint, oldest timestamptz)
language sql stable security definer set search_path = public, pg_temp as
$$
  select x.state::text, count(*), min(x.made_at) from notices_message x
  where x.made_at >= notices_mail.since or x.state in ('waiting', 'handed') group by 1 order by 1
$$;

-- By the link in a mail, before anybody is known: no more mail to this member, and nothing else. Was there any before?
create function notices_stop(member uuid) returns boolean
language sql volatile security definer set search_path = public, pg_temp as
$$
  with stopped as (
    insert into notices_preferences as p (member_id, stopped_at)
      select m.id, now() from access_member m
      where m.id = notices_stop.member and (m.ended_at is null or m.ended_at > now())
    on conflict (member_id) do update set stopped_at = now(), edition = p.edition + 1 where p.stopped_at is null
    returning 1)
  select exists (select from stopped)
$$;

-- How somebody wanted to be told, and when they were away, goes with the membership.
create function notices_member_ended() returns trigger
language plpgsql security definer set search_path = public, pg_temp as
$$
begin
  delete from notices_preferences where member_id = new.id;
  return null;
end
$$;
create trigger notices_ended after update of ended_at on access_member
  for each row when (old.ended_at is null and new.ended_at is not null) execute function notices_member_ended();

do $$
declare f regprocedure;
begin
  foreach f in array array['notices_note(uuid, uuid, uuid, text, uuid, bigint, text)',
                           'notices_tell(uuid, uuid, text, uuid, bigint, text)', 'notices_waiting(timestamptz)',
                           'notices_mail(timestamptz)', 'notices_stop(uuid)', 'notices_member_ended()']::regprocedure[]
  loop
    -- Before the owner changes: afterwards a revoke by the old owner only warns, and the public keeps the right.
    execute format('revoke all on function %s from public', f);
    if f <> 'notices_note(uuid, uuid, uuid, text, uuid, bigint, text)'::regprocedure then
      execute format('grant execute on function %s to lokalnet_app', f);
    end if;
    execute format('alter function %s owner to lokalnet_definer', f);
  end loop;
end $$;
