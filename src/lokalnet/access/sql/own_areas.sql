-- Everybody chooses the areas that they follow, among those of the own partnerships. Until now only the local
-- administrator did. An area gives no right to anything: no policy asks for it.
create policy chosen on access_member_area for insert to lokalnet_app
  with check (member_id = (select actor_id()) and (select actor_may('report', 'observations-of-own'))
              and exists (select from places_area a join access_partnership p
                            on a.longitude between p.west and p.east and a.latitude between p.south and p.north
                          where a.id = area_id and p.id = any(array(select actor_partnerships()))));
create policy let_go on access_member_area for delete to lokalnet_app
  using (member_id = (select actor_id()) and (select actor_may('report', 'observations-of-own')));
