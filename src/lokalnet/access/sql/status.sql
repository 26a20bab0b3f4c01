-- For the page about the service: how many entries no seal holds yet, and since when the oldest waits. A number and a
-- time: nothing of what the entries say, and nobody's name. Only what came after the last batch is looked at.
create function unsealed_log(out waiting bigint, out oldest timestamptz)
language sql stable security definer set search_path = public, pg_temp as
$$ select count(*), min(e.at) from access_event e
   where e.xid >= coalesce((select below from access_sealed_batch order by last_number desc limit 1), 0)::text::xid8
     and not exists (select from access_seal s where s.event_id = e.id) $$;
-- The owner changes last: afterwards a revoke only warns, and the public keeps the right.
revoke all on function unsealed_log() from public;
grant execute on function unsealed_log() to lokalnet_app;
alter function unsealed_log() owner to lokalnet_definer;
