alter table situation_measure drop constraint measure_of_commitment;
alter table situation_question drop constraint question_of_measure;
drop policy expired on situation_question;
drop policy expiring on situation_question;
drop policy of_one_partnership_still on situation_measure;
drop policy of_one_partnership on situation_measure;
drop policy kept on situation_question;
drop policy new_is_new on situation_question;
drop policy asked on situation_question;
drop policy shown on situation_question;
do $$
declare before text := current_user;
begin
  set local role lokalnet_definer;
  drop function note_answer(uuid, timestamptz, uuid, bytea, bytea, bytea), answer_question(bytea, text, text, text),
    question_just_answered(bytea), places_of_question(bytea), open_question(bytea), live_question(bytea),
    is_party(uuid, uuid), may_ask(uuid);
  execute format('set local role %I', before);
end $$;
