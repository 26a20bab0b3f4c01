do $$
declare before text := current_user;
begin
  set local role lokalnet_definer;
  drop function sightings(uuid, text, date, date);
  execute format('set local role %I', before);
end $$;
drop index import_row_by_observation;
drop policy said on situation_stop_question;
drop policy shared on situation_stop_question;
drop policy made on situation_signal_measure;
drop policy shared on situation_signal_measure;
drop policy said on situation_signal_verdict;
drop policy shared on situation_signal_verdict;
drop policy detected on situation_signal_step;
drop policy detected on situation_signal;
drop policy detected on situation_look;
drop policy shared on situation_signal_step;
drop policy shared on situation_signal;
drop policy shared on situation_look;
drop function reads_signals(uuid, text);
