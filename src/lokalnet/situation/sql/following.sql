-- What members follow: who reads it, what is news to whom, and who is told of a step in a measure. Told through
-- `notices_tell`, which knows a member, a kind and an opaque link.

-- Whom the actor stands in for while they are away: these see what they follow, so that nothing waits for them.
create function actor_covers() returns setof uuid
language sql stable security definer set search_path = public, pg_temp as
$$ select m.id from access_member m join notices_preferences p on p.member_id = m.id
   where m.stand_in_id = actor_id() and m.organisation_id = actor_organisation()
     and (m.ended_at is null or m.ended_at > now())
     and today() between p.away_from and p.away_until $$;

create policy own on situation_subscription for all to lokalnet_app
  using (member_id = (select actor_id()) and (select actor_may('notices', 'notices')))
  with check (member_id = (select actor_id()) and partnership_id = any(array(select actor_partnerships()))
              and (select actor_may('notices', 'notices')));
create policy covered on situation_subscription for select to lokalnet_app
  using (member_id = any(array(select actor_covers())) and (select actor_may('notices', 'notices')));

-- At most twenty each: every one is asked about when something is told. Of two at once the second waits for the first.
create function few_subscriptions() returns trigger
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
begin
  perform pg_advisory_xact_lock(4100231, hashtext(new.member_id::text));
  if (select count(*) from situation_subscription where member_id = new.member_id) >= 20 then
    raise exception 'too-many' using errcode = 'LN001';
  end if;
  return new;
end
$$;
create trigger few_subscriptions before insert on situation_subscription for each row
  execute function few_subscriptions();

-- The reports that became readable for the actor's organisation between two numbers: told, brought in by a file, or
-- shared with more than before. Ids of what it may read now; the reader's policies judge the rows once more. An imported
-- report that was answered meanwhile is no news (and so the index on those that wait finds the others).
create function news_for_actor(of_partnership uuid, after bigint, upto bigint)
returns table (number bigint, observation_id uuid)
language sql stable security definer set search_path = public, pg_temp as
$$ select c.number, o.id
   from situation_change c
   left join situation_observation_exact e on c.kind = 'imported' and e.organisation_id = c.organisation_id
     and e.partnership_id = c.partnership_id and e.reported_at = c.reported_at and e.answered_at is null
   join situation_observation o on o.id = coalesce(c.observation_id, e.observation_id)
   where c.number > after and c.number <= upto and c.kind in ('reported', 'imported', 'widened')
     and c.partnership_id = of_partnership and of_partnership = any(array(select actor_partnerships()))
     and (o.organisation_id = (select actor_organisation())
          or ((select actor_may('shared-picture', 'observations-of-partners'))
              and observation_level(false, (select actor_kind()), o.source_kind, o.visibility, o.police_sees)
                  is not null))
     and not (c.kind = 'widened' and (o.organisation_id = (select actor_organisation()) or observation_level(
                false, (select actor_kind()), o.source_kind, c.visibility_before, o.police_sees) is not null)) $$;

-- Who follows something in a partnership where there is news for their organisation: ids only. Those for whom there is
-- none are moved on here, so that a run without news is this one question, and every run looks only at what came since.
create function followers_with_news() returns table (subscription uuid, member uuid)
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare
  newest bigint := newest_change();
  oldest bigint;
begin
  select min(s.told_to) into oldest from situation_subscription s where s.told_to < newest;
  if oldest is null or actor_id() is not null then return; end if;  -- for the worker, who acts for nobody
  return query
    with heard as materialized (
      select a.partnership_id, a.organisation_id, max(a.number) as number from change_audience(oldest, newest) a
      where a.kind <> 'changed' group by 1, 2),
    to_tell as materialized (
      select s.id, s.member_id from situation_subscription s
      join access_member m on m.id = s.member_id
      join heard h on h.partnership_id = s.partnership_id and h.organisation_id = m.organisation_id
      where s.told_to < h.number and exists (select from working_member(m.id))),
    moved as (
      update situation_subscription s set told_to = newest
      where s.told_to < newest and not exists (select from to_tell t where t.id = s.id))
    select t.id, t.member_id from to_tell t order by t.id;
end
$$;

-- Who leads in a conflict: whoever may open one, in each party that sees it.
create function conflict_leads(about situation_measure) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as
$$ select distinct m.id
   from access_organisation o
   join access_member m on m.organisation_id = o.id and m.user_id is not null
     and (m.ended_at is null or m.ended_at > now())
   join access_role_right r on r.role = any(m.roles) and r.organisation_kind = o.kind
     and r.purpose = 'measures' and r.fields = 'conflicts'
   where about.partnership_id = any(array(select organisation_partnerships(o.id)))
     and (o.id = about.organisation_id or measure_shown(o.kind, about.visibility)) $$;

-- Who takes care of a measure: its owner, and of each partner whoever joined for it.
create function measure_keepers(about situation_measure) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as
$$ select about.owner_id where about.owner_id is not null
   union
   select p.member_id from situation_measure_partner p
   where p.measure_id = about.id and p.state = 'joined' and p.member_id is not null $$;

create function tell_step() returns trigger
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare
  about situation_measure;
begin
  select * into about from situation_measure where id = new.measure_id;
  if about.kind = 'conflict' then
    if new.kind in ('proposed', 'agreed', 'done', 'dropped', 'ended', 'reopened') then
      perform notices_tell(lead, about.partnership_id, 'conflict', about.id, null, 'at-once')
      from conflict_leads(about) lead where lead is distinct from new.member_id order by lead;
    end if;
    return null;
  end if;
  perform notices_tell(whom, about.partnership_id, 'measure', about.id, null, null)
  from (select measure_keepers(about) as whom
        union
        select m.id from access_member m
        where new.kind = 'asked' and m.organisation_id = (new.detail->>'organisation')::uuid
          and 'coordinator' = any(m.roles) and m.user_id is not null) told
  where whom is distinct from new.member_id order by whom;
  return null;
end
$$;
-- After `step_applied`: by then it is known who takes part.
create trigger step_told after insert on situation_step for each row execute function tell_step();

-- Somebody answered a report: its reporter hears that there is an answer.
create function tell_answer() returns trigger
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
begin
  perform notices_tell(e.reporter_id, e.partnership_id, 'answer', e.observation_id, null, null)
  from situation_observation_exact e join access_member m on m.id = e.reporter_id
  where e.observation_id = new.observation_id and m.id <> new.member_id and m.user_id is not null;
  return null;
end
$$;
create trigger answer_told after insert on situation_act for each row
  when (new.kind = 'answered') execute function tell_answer();

-- What somebody followed goes when they leave, and with an exercise.
create function following_ended() returns trigger
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
begin
  delete from situation_subscription where member_id = new.id;
  return null;
end
$$;
create trigger following_ended after update of ended_at on access_member
  for each row when (old.ended_at is null and new.ended_at is not null) execute function following_ended();
create policy expiring on situation_subscription for select to lokalnet_retention using (true);
create policy exercise_over on situation_subscription for delete to lokalnet_retention
  using (exists (select from access_partnership p where p.id = partnership_id and p.exercise_of_id is not null
                 and p.valid_to < today()));

do $$
declare f regprocedure;
begin
  foreach f in array array[
    'actor_covers()', 'few_subscriptions()', 'news_for_actor(uuid, bigint, bigint)', 'followers_with_news()',
    'conflict_leads(situation_measure)', 'measure_keepers(situation_measure)', 'tell_step()', 'tell_answer()',
    'following_ended()']::regprocedure[] loop
    -- Before the owner changes: afterwards a revoke by the old owner only warns, and the public keeps the right.
    execute format('revoke all on function %s from public', f);
    if f in ('actor_covers()'::regprocedure, 'news_for_actor(uuid, bigint, bigint)'::regprocedure,
             'followers_with_news()'::regprocedure) then
      execute format('grant execute on function %s to lokalnet_app', f);
    end if;
    execute format('alter function %s owner to lokalnet_definer', f);
  end loop;
end $$;
