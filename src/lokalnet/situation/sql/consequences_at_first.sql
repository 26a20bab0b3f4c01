-- What followed from acts until consequences.sql took its place.

-- Somebody can be recognised: the words go from everywhere that they lie, in this transaction. An export that is being
-- made takes the same lock before it is stored, so it cannot bring them back.
create function remove_text(observation uuid) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
begin
  perform pg_advisory_xact_lock(4100221);
  delete from situation_observation_text where observation_id = observation;
  update situation_observation set text_removed = true where id = observation;
  update situation_version set content = content - 'text' where observation_id = observation;
  update situation_act set note = '' where observation_id = observation and note <> '';
  update situation_receipt set body_hash = null where observation_id = observation;
  update situation_export set state = 'removed', file = null, observation_ids = '{}'
    where observation = any(observation_ids);
end
$$;

create function count_reporters(root uuid) returns void
language sql volatile security definer set search_path = public, pg_temp as
$$ with told as (
     select id from situation_observation where id = root or merged_into_id = root)
   update situation_observation set reporters = (
     select count(*) from (
       select e.reporter_id from situation_observation_exact e where e.observation_id in (select id from told)
       union select a.member_id from situation_act a where a.kind = 'seen-too' and a.observation_id in (select id from told)
     ) whoever)
   where id = root $$;

create function apply_act() returns trigger
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare
  about situation_observation;
  target situation_observation;
  reporter uuid;
begin
  select * into about from situation_observation where id = new.observation_id for update;
  select reporter_id into reporter from situation_observation_exact where observation_id = new.observation_id;
  if new.kind in ('seen-too', 'confirmed', 'refuted', 'reopened', 'corrected', 'withdrawn', 'merged')
     and about.state <> 'live' then
    raise exception 'not-live' using errcode = 'LN001';
  end if;
  if new.kind in ('seen-too', 'confirmed', 'refuted') and reporter = new.member_id then
    raise exception 'own-report' using errcode = 'LN001';
  end if;
  case new.kind
    when 'seen-too' then perform count_reporters(about.id);
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

do $$
declare f regprocedure;
begin
  foreach f in array array['remove_text(uuid)', 'count_reporters(uuid)', 'apply_act()']::regprocedure[] loop
    -- Before the owner changes: afterwards a revoke by the old owner only warns, and the public keeps the right.
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to lokalnet_definer', f);
  end loop;
end $$;
