drop policy never_approved on situation_known_place;
do $$
declare t text;
begin
  foreach t in array array['situation_savedview', 'situation_known_place', 'situation_import_row'] loop
    execute format('drop policy exercise_over on %s', t);
    execute format('drop policy expiring on %s', t);
  end loop;
end $$;
