-- When a report was answered stands on its exact row, written by the act. Who waits and who was answered is then an
-- index each; asked of the acts it was a policy's function for every report of two months (10 s on a million).
create function note_answer() returns trigger
language plpgsql security definer set search_path = public, pg_temp as
$$
begin
  update situation_observation_exact set answered_at = new.at
    where observation_id = new.observation_id and (answered_at is null or answered_at < new.at);
  return null;
end
$$;
create trigger answer_noted after insert on situation_act for each row when (new.kind = 'answered')
  execute function note_answer();
revoke all on function note_answer() from public;
alter function note_answer() owner to lokalnet_definer;

-- What was answered before. The owner is bound by the tables' policies otherwise.
alter table situation_observation_exact no force row level security;
alter table situation_act no force row level security;
update situation_observation_exact e set answered_at = a.at
  from (select observation_id, max(at) as at from situation_act where kind = 'answered' group by 1) a
  where a.observation_id = e.observation_id;
alter table situation_observation_exact force row level security;
alter table situation_act force row level security;
