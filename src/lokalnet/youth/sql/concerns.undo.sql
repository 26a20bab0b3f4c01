do $undo$
declare before text := current_user;
begin
  set local role lokalnet_definer;
  drop function sent_since(timestamptz);
  drop function drop_old_drafts(timestamptz);
  drop function hand_over_drafts(uuid, uuid);
  drop function drafts_in_hand(uuid);
  drop function may_own_files();
  drop function tell_of_concern(uuid, uuid);
  drop function concern_is_frozen(uuid);
  drop function concerns_to_clarify();
  execute format('set local role %I', before);
end $undo$;
