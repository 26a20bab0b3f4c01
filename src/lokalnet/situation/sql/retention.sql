-- What the retention login sees and removes: points older than the rule become coarse, texts older than the rule go,
-- files, keys and news that nobody needs any more go, and an exercise goes as a whole some days after its end.
do $$
declare t text;
begin
  foreach t in array array['access_partnership', 'situation_observation', 'situation_observation_exact',
                           'situation_observation_text', 'situation_act', 'situation_version', 'situation_receipt',
                           'situation_change', 'situation_export', 'situation_upload', 'situation_watch'] loop
    execute format('create policy expiring on %s for select to lokalnet_retention using (true)', t);
  end loop;
  foreach t in array array['situation_observation_text', 'situation_version', 'situation_receipt', 'situation_change',
                           'situation_export', 'situation_upload', 'situation_watch'] loop
    execute format('create policy expired on %s for delete to lokalnet_retention using (true)', t);
  end loop;
end $$;
create policy coarsened on situation_observation_exact for update to lokalnet_retention
  using (true) with check (coarsened);
create policy silenced on situation_act for update to lokalnet_retention using (true) with check (note = '');
create policy exercise_over on situation_observation for delete to lokalnet_retention
  using (exists (select from access_partnership p where p.id = partnership_id and p.exercise_of_id is not null
                 and p.valid_to < today()));
