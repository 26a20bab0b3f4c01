drop trigger act_applied on situation_act;
drop function apply_act(), count_reporters(uuid), who_saw(uuid), remove_text(uuid);
drop policy kept on situation_version;
drop policy own on situation_version;
drop policy done on situation_act;
drop policy shared on situation_act;
drop function may_act(text, uuid, uuid), actor_level(uuid);
