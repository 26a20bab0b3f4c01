drop policy own_imports on situation_import_row;
drop policy own_receipts on situation_receipt;
do $$
declare t text;
begin
  foreach t in array array['situation_observation', 'situation_observation_exact', 'situation_observation_text'] loop
    execute format('drop policy corrected on %s', t);
    execute format('drop policy reported on %s', t);
    execute format('drop policy shared on %s', t);
  end loop;
end $$;
drop policy added on situation_category;
drop policy edited on situation_category;
drop policy partnership_categories on situation_category;
alter table situation_observation_text drop constraint text_without_cpr, drop constraint text_audience;
alter table situation_observation_exact drop constraint exact_audience;
drop function observation_level(boolean, text, text, text, text);
