-- What follows from each act about an observation. Standing, state and the number of reporters are kept by the triggers
-- below and by nothing else.

-- As in acts.sql, and "I saw it too" can be taken back. Policies ask it, so it is replaced by its owner where it stands.
do $replace$
declare before text := current_user;
begin
  set local role lokalnet_definer;
  create or replace function may_act(kind text, observation uuid, into_observation uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp as
  $may$ select coalesce((
       select case
         when kind in ('seen-too', 'unseen') then actor_may('report', 'observation-entry')
         when kind in ('confirmed', 'refuted', 'reopened') then actor_may('shared-picture', 'standing')
         when kind in ('corrected', 'withdrawn', 'restored') then
           o.organisation_id = actor_organisation() and actor_may('report', 'observation-entry')
           and (e.reporter_id = actor_id() or actor_may('report', 'correction'))
         when kind in ('merged', 'split') then actor_may('shared-picture', 'merging')
           and (into_observation is null or actor_level(into_observation) is not null)
         when kind = 'recognised' then actor_level(observation) in ('exact', 'text')
         when kind = 'answered' then actor_may('answer', 'answers') and e.reporter_id <> actor_id()
       end
       from situation_observation o join situation_observation_exact e on e.observation_id = o.id
       where o.id = observation and actor_level(observation) is not null), false) $may$;
  execute format('set local role %I', before);
end $replace$;

-- Somebody can be recognised: the words go from everywhere that they lie, in this transaction. An export that is being
-- made takes the same lock before it is stored, so it cannot bring them back.
create function remove_text(observation uuid) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare
  said text := concat_ws(' ',
    (select t.text from situation_observation_text t where t.observation_id = observation),
    (select string_agg(v.content->>'text', ' ') from situation_version v where v.observation_id = observation),
    (select string_agg(a.note, ' ') from situation_act a where a.observation_id = observation));
begin
  perform pg_advisory_xact_lock(4100221);
  delete from situation_observation_text where observation_id = observation;
  -- Another edition: a correction that was begun before finds that something changed.
  update situation_observation set text_removed = true, edition = edition + 1 where id = observation;
  update situation_version set content = content - 'text' where observation_id = observation;
  update situation_act set note = '' where observation_id = observation and note <> '';
  update situation_receipt set body_hash = null where observation_id = observation;
  update situation_export set state = 'removed', file = null, observation_ids = '{}'
    where observation = any(observation_ids);
  -- A name may have been called a place to get past the guard.
  delete from situation_known_place w using situation_observation o
    where o.id = observation and w.partnership_id = o.partnership_id and w.approved_at is null
      and position(lower(w.word) in lower(said)) > 0;
end
$$;

-- A removed text comes back by no way: not by an import, not by a form that was opened before. A correction that gives
-- the report new words says so first (`apply_act`).
create function no_removed_text() returns trigger
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
begin
  if exists (select from added a join situation_observation o on o.id = a.observation_id where o.text_removed) then
    raise exception 'text-removed' using errcode = 'LN001';
  end if;
  return null;
end
$$;
create trigger text_stays_removed after insert on situation_observation_text
  referencing new table as added for each statement execute function no_removed_text();

-- Who said that they saw it too, and has not taken it back since.
create function who_saw(observation uuid) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as
$$ select a.member_id from situation_act a where a.observation_id = observation and a.kind in ('seen-too', 'unseen')
   group by a.member_id
   having count(*) filter (where a.kind = 'seen-too') > count(*) filter (where a.kind = 'unseen') $$;

create function width(visibility text) returns integer
language sql immutable parallel safe set search_path = public, pg_temp as
$$ select array_position(array['organisation', 'municipalities', 'partnership', 'public'], visibility) $$;

-- Of reports that were put together, those that fewer may see are not counted: the number would tell of them.
create function count_reporters(root uuid) returns void
language sql volatile security definer set search_path = public, pg_temp as
$$ with told as (
     select o.id from situation_observation o join situation_observation r on r.id = root
     where o.id = root or (o.merged_into_id = root and width(o.visibility) >= width(r.visibility)))
   update situation_observation set reporters = (
     select count(*) from (
       select e.reporter_id from situation_observation_exact e where e.observation_id in (select id from told)
       union select member_id from unnest(array(select id from told)) observation, who_saw(observation) member_id
     ) whoever)
   where id = root $$;

create function apply_act() returns trigger
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare
  about situation_observation;
  target situation_observation;
begin
  select * into about from situation_observation where id = new.observation_id for update;
  if new.kind in ('seen-too', 'unseen', 'confirmed', 'refuted', 'reopened', 'corrected', 'withdrawn', 'merged')
     and about.state <> 'live'
     -- For whoever may not see the one that it was put together with, it stands in the picture by itself.
     and not (about.state = 'merged' and actor_level(about.merged_into_id) is null
              and new.kind in ('seen-too', 'unseen', 'confirmed', 'refuted', 'reopened')) then
    raise exception 'not-live' using errcode = 'LN001';
  end if;
  if new.kind in ('seen-too', 'confirmed', 'refuted', 'reopened') and new.member_id in (
      select e.reporter_id from situation_observation_exact e
      join situation_observation o on o.id = e.observation_id
      where o.id = about.id or o.merged_into_id = about.id) then
    raise exception 'own-report' using errcode = 'LN001';
  end if;
  case new.kind
    when 'seen-too', 'unseen' then
      -- The row is locked: of two clicks the second finds the first.
      if (select count(*) filter (where kind = 'seen-too') - count(*) filter (where kind = 'unseen')
          from situation_act where observation_id = about.id and member_id = new.member_id
            and kind in ('seen-too', 'unseen')) not in (0, 1) then
        raise exception 'said-already' using errcode = 'LN001';
      end if;
      perform count_reporters(about.id), count_reporters(about.merged_into_id);
    when 'corrected' then
      update situation_observation set text_removed = text_removed and not new.detail->'fields' ? 'text',
        standing = case when new.detail->'fields' ?| array['category', 'place', 'time'] then 'unconfirmed'
                        else standing end
      where id = about.id;
    when 'confirmed', 'refuted' then update situation_observation set standing = new.kind where id = about.id;
    when 'reopened' then update situation_observation set standing = 'unconfirmed' where id = about.id;
    when 'withdrawn' then
      -- Kept by its own organisation alone; restoring gives it back to whom it was shared with.
      update situation_act set detail = detail || jsonb_build_object('visibility', about.visibility) where id = new.id;
      update situation_observation set state = 'withdrawn', visibility = 'organisation' where id = about.id;
    when 'restored' then
      if about.state <> 'withdrawn' then raise exception 'not-withdrawn' using errcode = 'LN001'; end if;
      update situation_observation set state = 'live', visibility = coalesce((
        select a.detail->>'visibility' from situation_act a where a.observation_id = about.id and a.kind = 'withdrawn'
        order by a.at desc limit 1), visibility) where id = about.id;
    when 'merged' then
      select * into target from situation_observation where id = new."into" for update;
      if target.id is null or target.state <> 'live' or target.id = about.id
         or target.partnership_id <> about.partnership_id then
        raise exception 'bad-target' using errcode = 'LN001';
      end if;
      update situation_observation set merged_into_id = target.id where merged_into_id = about.id;
      update situation_observation set state = 'merged', merged_into_id = target.id where id = about.id;
      perform count_reporters(about.id), count_reporters(target.id);
    when 'split' then
      if about.state <> 'merged' then raise exception 'not-merged' using errcode = 'LN001'; end if;
      update situation_observation set state = 'live', merged_into_id = null where id = about.id;
      perform count_reporters(about.id), count_reporters(about.merged_into_id);
    when 'recognised' then perform remove_text(about.id);
    else null;
  end case;
  return null;
end
$$;
create trigger act_applied after insert on situation_act for each row execute function apply_act();

-- What was confirmed is no longer what stands there, whoever changed it.
create function unconfirm() returns trigger
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
begin
  new.standing := 'unconfirmed';
  return new;
end
$$;
create trigger substance_changed before update of category_id, cell_x, cell_y, period_start, part
  on situation_observation for each row
  when ((old.category_id, old.cell_x, old.cell_y, old.period_start, old.part)
        is distinct from (new.category_id, new.cell_x, new.cell_y, new.period_start, new.part))
  execute function unconfirm();

-- Fewer may see it: the files that others made of it go, and what it adds to the report it was put together with.
create function audience_changed() returns trigger
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
begin
  if width(new.visibility) < width(old.visibility)
     or array_position(array['area', 'text', 'exact'], new.police_sees::text)
        < array_position(array['area', 'text', 'exact'], old.police_sees::text) then
    perform pg_advisory_xact_lock(4100221);
    update situation_export set state = 'removed', file = null, observation_ids = '{}'
      where new.id = any(observation_ids) and organisation_id <> new.organisation_id;
  end if;
  perform count_reporters(new.id), count_reporters(new.merged_into_id);
  return null;
end
$$;
create trigger audience_changed after update of visibility, police_sees on situation_observation for each row
  when ((old.visibility, old.police_sees) is distinct from (new.visibility, new.police_sees))
  execute function audience_changed();

-- What follows from acts is set by the trigger on acts alone; the serving login has no grant to change it, and a new
-- report begins at the beginning.
create policy new_is_new on situation_observation as restrictive for insert to lokalnet_app
  with check (standing = 'unconfirmed' and state = 'live' and merged_into_id is null and reporters = 1
              and not text_removed);

do $$
declare f regprocedure;
begin
  foreach f in array array['remove_text(uuid)', 'who_saw(uuid)', 'no_removed_text()', 'audience_changed()', 'unconfirm()',
                           'count_reporters(uuid)', 'apply_act()']::regprocedure[] loop
    -- Before the owner changes: afterwards a revoke by the old owner only warns, and the public keeps the right.
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to lokalnet_definer', f);
  end loop;
end $$;
