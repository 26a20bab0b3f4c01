-- What else goes by itself: words said to be places that nobody approved, and what an exercise leaves behind.
do $$
declare t text;
begin
  foreach t in array array['situation_savedview', 'situation_known_place', 'situation_import_row'] loop
    execute format('create policy expiring on %s for select to lokalnet_retention using (true)', t);
    execute format($p$create policy exercise_over on %s for delete to lokalnet_retention
      using (exists (select from access_partnership p where p.id = partnership_id and p.exercise_of_id is not null
                     and p.valid_to < today()))$p$, t);
  end loop;
end $$;
create policy never_approved on situation_known_place for delete to lokalnet_retention
  using (approved_at is null or struck_at is not null);
