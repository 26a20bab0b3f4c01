-- News of the picture. A change is written with what it tells of and numbered after that commit, by whoever comes
-- first: an older transaction that commits late simply gets a later number, so a reader who has seen up to n never
-- misses one (engineering 30). NOTIFY carries the numbers only.
create policy noted on situation_change for insert to lokalnet_app
  with check (organisation_id = (select actor_organisation()));

create function number_changes() returns bigint
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare
  last bigint;
  newest bigint;
begin
  perform pg_advisory_xact_lock(4100218);
  select coalesce(max(number), 0) into last from situation_change;
  with unnumbered as (select id, last + row_number() over () as number from situation_change where number is null)
  update situation_change c set number = u.number from unnumbered u where c.id = u.id;
  if found then
    select max(number) into newest from situation_change;
    perform pg_notify('lokalnet_live', (last + 1)::text || ' ' || newest::text);
    return newest;
  end if;
  return last;
end
$$;

create function newest_change() returns bigint
language sql stable security definer set search_path = public, pg_temp as
$$ select coalesce(max(number), 0) from situation_change $$;

-- For the process that serves the streams: whom does each change concern? Organisations, never content.
create function change_audience(after bigint, upto bigint)
returns table (number bigint, kind text, partnership_id uuid, observation_id uuid, organisation_id uuid)
language sql stable security definer set search_path = public, pg_temp as
$$ select c.number, c.kind::text, c.partnership_id, c.observation_id, reader.organisation_id
   from situation_change c
   join access_partnership whole on whole.id = c.partnership_id
     and today() between whole.valid_from and coalesce(whole.valid_to, 'infinity'::date)
   join access_party reader on reader.partnership_id = c.partnership_id
     and today() between reader.valid_from and coalesce(reader.valid_to, 'infinity'::date)
   join access_organisation org on org.id = reader.organisation_id
   left join situation_observation o on o.id = c.observation_id
   where c.number > after and c.number <= upto
     and (reader.organisation_id = c.organisation_id
          or case when c.observation_id is null then org.kind in ('municipality', 'police')
             else observation_level(false, org.kind, o.source_kind, o.visibility, o.police_sees) is not null end)
   order by c.number $$;

-- What such a process asks when it is told of news: number what is unnumbered, and say whom it concerns, in one go.
-- A row without an organisation moves the position on where nobody is concerned.
create function news_since(after bigint)
returns table (newest bigint, number bigint, partnership_id uuid, observation_id uuid, organisation_id uuid)
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare
  reached bigint := number_changes();
begin
  if reached > after then
    return query select reached, a.number, a.partnership_id, a.observation_id, a.organisation_id
                 from (select 1) one left join change_audience(after, reached) a on true;
  end if;
end
$$;

-- For catching up: the changes that concern the actor, in no telling order.
create function changes_for_actor(after bigint, upto bigint) returns table (partnership_id uuid, observation_id uuid)
language sql stable security definer set search_path = public, pg_temp as
$$ select distinct a.partnership_id, a.observation_id from change_audience(after, upto) a
   where a.organisation_id = actor_organisation() and a.partnership_id = any(array(select actor_partnerships()))
     and (actor_may('shared-picture', 'observations-of-partners')
          or (actor_may('report', 'observations-of-own') and exists (
                select from situation_change c where c.number = a.number and c.organisation_id = actor_organisation())))
   order by 2 $$;

do $$
declare f regprocedure;
begin
  foreach f in array array['number_changes()', 'newest_change()', 'change_audience(bigint, bigint)',
                           'changes_for_actor(bigint, bigint)', 'news_since(bigint)']::regprocedure[] loop
    -- Before the owner changes: afterwards a revoke by the old owner only warns, and the public keeps the right.
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to lokalnet_app', f);
    execute format('alter function %s owner to lokalnet_definer', f);
  end loop;
end $$;
