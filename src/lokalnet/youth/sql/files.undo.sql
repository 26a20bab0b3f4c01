drop trigger stands on youth_informing;
do $undo$
declare before text := current_user;
begin
  set local role lokalnet_definer;
  drop function informing_stands();
  drop function name_fora(uuid[], text[]);
  drop function file_of_override(uuid);
  drop function tell_of_override(uuid, uuid);
  drop function file_to_open(uuid, text);
  execute format('set local role %I', before);
end $undo$;
