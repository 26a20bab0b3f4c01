-- A word said to be a place is a proposal: its sayer and the data protection officer see it, and it counts for
-- everybody when the officer has approved it.
create policy shared on situation_known_place for select to lokalnet_app
  using (partnership_id = any(array(select actor_partnerships()))
         and (approved_at is not null or member_id = (select actor_id())
              or (select actor_may('data-protection', 'text-sample'))));
create policy said on situation_known_place for insert to lokalnet_app
  with check (member_id = (select actor_id()) and organisation_id = (select actor_organisation())
              and partnership_id = any(array(select actor_partnerships()))
              and (select actor_may('report', 'observation-entry'))
              and approved_at is null and approved_by_id is null and struck_at is null);
create policy struck on situation_known_place for update to lokalnet_app
  using (partnership_id = any(array(select actor_partnerships())) and (select actor_may('data-protection', 'text-sample')))
  with check (partnership_id = any(array(select actor_partnerships()))
              and (select actor_may('data-protection', 'text-sample')));
-- The policy "struck" lets only the officer change a row. What was said, by whom and when, nobody changes; and whoever
-- approves does so in the own name.
create function keep_known_place() returns trigger
language plpgsql set search_path = public, pg_temp as
$$
begin
  if (new.id, new.partnership_id, new.organisation_id, new.member_id, new.word, new.said_at)
     is distinct from (old.id, old.partnership_id, old.organisation_id, old.member_id, old.word, old.said_at) then
    raise exception 'what was said to be a place is not changed' using errcode = 'insufficient_privilege';
  end if;
  if (new.approved_at, new.approved_by_id) is distinct from (old.approved_at, old.approved_by_id)
     and (old.approved_at is not null or new.approved_by_id is distinct from actor_id()) then
    raise exception 'a place is approved once, in the own name' using errcode = 'insufficient_privilege';
  end if;
  if old.struck_at is not null and new.struck_at is distinct from old.struck_at then
    raise exception 'a word that was struck stays so' using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;
revoke all on function keep_known_place() from public;
create trigger known_place_kept before update on situation_known_place for each row execute function keep_known_place();
