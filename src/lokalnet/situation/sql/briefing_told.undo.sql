drop trigger briefing_drafted on situation_briefing;
drop trigger briefing_approved on situation_briefing;
do $$
declare before text := current_user;
begin
  set local role lokalnet_definer;
  drop function tell_briefing();
  drop function briefing_readers(situation_briefing, text);
  execute format('set local role %I', before);
end $$;
