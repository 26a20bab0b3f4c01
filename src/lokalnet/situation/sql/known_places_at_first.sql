-- Words said to be places, until proposals.sql took its place: each counted at once, for everybody.
create policy shared on situation_known_place for select to lokalnet_app
  using (partnership_id = any(array(select actor_partnerships())));
create policy said on situation_known_place for insert to lokalnet_app
  with check (member_id = (select actor_id()) and organisation_id = (select actor_organisation())
              and partnership_id = any(array(select actor_partnerships()))
              and (select actor_may('report', 'observation-entry')));
create policy struck on situation_known_place for update to lokalnet_app
  using (partnership_id = any(array(select actor_partnerships())) and (select actor_may('data-protection', 'text-sample')))
  with check (partnership_id = any(array(select actor_partnerships()))
              and (select actor_may('data-protection', 'text-sample')));
