-- As in desk.sql, with another name for the verdict: there `found` was PL/pgSQL's own variable, and nothing was judged.
do $$
declare before text := current_user;
begin
  set local role lokalnet_definer;
  drop function judge_sample(uuid, text);
  execute format('set local role %I', before);
end $$;

create function judge_sample(sample uuid, said text) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare judged situation_sample;
begin
  if not actor_may('data-protection', 'text-sample') or said not in ('fine', 'slip') then return false; end if;
  update situation_sample set verdict = said, judged_at = now()
    where id = sample and organisation_id = actor_organisation() and verdict = '' returning * into judged;
  if judged.id is null then return false; end if;
  if said = 'slip' then
    insert into situation_act (id, observation_id, organisation_id, member_id, kind, answer, note, detail, at)
      values (gen_random_uuid(), judged.observation_id, judged.organisation_id, actor_id(), 'recognised', '', '',
              '{"sample": true}', now());
  end if;
  return true;
end
$$;
-- Before the owner changes: afterwards a revoke by the old owner only warns, and the public keeps the right.
revoke all on function judge_sample(uuid, text) from public;
grant execute on function judge_sample(uuid, text) to lokalnet_app;
alter function judge_sample(uuid, text) owner to lokalnet_definer;
