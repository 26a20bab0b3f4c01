drop trigger known_place_kept on situation_known_place;
drop function keep_known_place();

drop policy said on situation_known_place;
create policy said on situation_known_place for insert to lokalnet_app
  with check (member_id = (select actor_id()) and organisation_id = (select actor_organisation())
              and partnership_id = any(array(select actor_partnerships()))
              and (select actor_may('report', 'observation-entry')));

drop policy shared on situation_known_place;
create policy shared on situation_known_place for select to lokalnet_app
  using (partnership_id = any(array(select actor_partnerships())));
