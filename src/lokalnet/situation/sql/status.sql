-- For the page about the service: how much news has no number yet, and since when the oldest waits for one.
alter table situation_change add column noted_at timestamptz not null default now();

create function unnumbered_news(out waiting bigint, out oldest timestamptz)
language sql stable security definer set search_path = public, pg_temp as
$$ select count(*), min(noted_at) from situation_change where number is null $$;
-- The owner changes last: afterwards a revoke only warns, and the public keeps the right.
revoke all on function unnumbered_news() from public;
grant execute on function unnumbered_news() to lokalnet_app;
alter function unnumbered_news() owner to lokalnet_definer;
