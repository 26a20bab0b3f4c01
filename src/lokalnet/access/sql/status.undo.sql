do $$
declare before text := current_user;
begin
  set local role lokalnet_definer;
  drop function unsealed_log();
  execute format('set local role %I', before);
end $$;
