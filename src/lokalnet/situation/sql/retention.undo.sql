drop policy exercise_over on situation_observation;
drop policy silenced on situation_act;
drop policy coarsened on situation_observation_exact;
do $$
declare t text;
begin
  foreach t in array array['situation_observation_text', 'situation_version', 'situation_receipt', 'situation_change',
                           'situation_export', 'situation_upload', 'situation_watch'] loop
    execute format('drop policy expired on %s', t);
  end loop;
  foreach t in array array['access_partnership', 'situation_observation', 'situation_observation_exact',
                           'situation_observation_text', 'situation_act', 'situation_version', 'situation_receipt',
                           'situation_change', 'situation_export', 'situation_upload', 'situation_watch'] loop
    execute format('drop policy expiring on %s', t);
  end loop;
end $$;
