do $undo$
declare before text := current_user;
begin
  set local role lokalnet_definer;
  drop function officers_at_work();
  drop function overseen_offers(timestamptz, timestamptz);
  drop function overseen_person(uuid);
  drop function overseen_file(text);
  drop function file_numbers(uuid[]);
  drop function oversees(uuid);
  execute format('set local role %I', before);
end $undo$;
