-- Search in what was written. A text search under a row policy reads the whole table, because its operators are not
-- leakproof (engineering 1); so this function gives the newest ids that the actor may read the words of (`most`, and
-- those of the same period as the last), and the query that uses them stands under the policies as always.
alter table situation_observation_text add column words tsvector
  generated always as (to_tsvector('pg_catalog.danish', text)) stored;
create index text_words on situation_observation_text using gin (words);

create function find_texts(partnership uuid, since timestamptz, until timestamptz, asked text, most integer)
returns setof uuid
language plpgsql stable security definer set search_path = public, pg_temp
-- How common the words are decides the plan: a plan made for any words takes 100 times as long for some.
set plan_cache_mode = force_custom_plan as
$$
declare
  wanted tsquery := to_tsquery('pg_catalog.danish', asked);
  own uuid := case when actor_may('report', 'observations-of-own') then actor_organisation() end;
  kind text := case when partnership = any(array(select actor_partnerships()))
                     and actor_may('shared-picture', 'observations-of-partners') then actor_kind() end;
begin
  return query
    select o.id from situation_observation_text t join situation_observation o on o.id = t.observation_id
    where t.words @@ wanted and o.partnership_id = partnership and o.period_start >= since and o.period_start < until
      and o.state <> 'withdrawn'
      and (t.organisation_id = own
           or observation_level(false, kind, t.source_kind, t.visibility, t.police_sees) in ('exact', 'text'))
    order by o.period_start desc fetch first most rows with ties;
end
$$;
revoke all on function find_texts(uuid, timestamptz, timestamptz, text, integer) from public;
grant execute on function find_texts(uuid, timestamptz, timestamptz, text, integer) to lokalnet_app;
alter function find_texts(uuid, timestamptz, timestamptz, text, integer) owner to lokalnet_definer;
