drop trigger answer_noted on situation_act;
do $$
declare before text := current_user;
begin
  set local role lokalnet_definer;
  drop function note_answer();
  execute format('set local role %I', before);
end $$;
