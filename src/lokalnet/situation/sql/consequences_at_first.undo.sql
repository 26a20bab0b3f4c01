drop trigger act_applied on situation_act;
drop function apply_act(), count_reporters(uuid), remove_text(uuid);
