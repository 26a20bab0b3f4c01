do $$
declare before text := current_user;
begin
  set local role lokalnet_definer;
  drop function notices_mail_waiting(timestamptz);
  execute format('set local role %I', before);
end $$;
