do $$
declare before text := current_user;
begin
  set local role lokalnet_definer;
  drop function briefing_counts(uuid, text, timestamptz, timestamptz), briefing_tellers(uuid, text, uuid, date),
    briefing_measures(uuid, text, uuid[], date), briefing_promises(uuid, date), partnerships_at_work(), briefing_categories(uuid), counts_briefing(uuid, text);
  execute format('set local role %I', before);
end $$;
drop function audience_gets(text);
