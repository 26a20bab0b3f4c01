drop policy kept on situation_version;
drop policy own on situation_version;
drop policy done on situation_act;
drop policy shared on situation_act;
drop function may_act(text, uuid, uuid), actor_level(uuid);
