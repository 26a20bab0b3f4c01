do $$
declare before text := current_user;
begin
  set local role lokalnet_definer;
  drop function unnumbered_news();
  execute format('set local role %I', before);
end $$;
alter table situation_change drop column noted_at;
