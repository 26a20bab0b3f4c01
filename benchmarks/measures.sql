-- Measures of the last two years in the first partnership, one in four of them open, by its organisations in turn, with
-- the two steps that each has at least, a partner for two of three, and an observation for each.
create temp table planned as
select gen_random_uuid() as id, p.id as partnership_id, o.id as organisation_id, m.id as member_id, n.n,
       other.id as partner_id, p.areas[1 + floor(random() * cardinality(p.areas))::int] as area_id,
       (array['partnership', 'partnership', 'municipalities', 'organisation'])[1 + floor(random() * 4)::int] as visibility,
       case when n.n %% 4 = 0 then (array['proposed', 'agreed', 'under-way', 'under-way'])[1 + floor(random() * 4)::int]
            else (array['done', 'done', 'dropped', 'ended'])[1 + floor(random() * 4)::int] end as state,
       now() - interval '1 day' * case when n.n %% 4 = 0 then random() * 60 else 90 + random() * 640 end as made_at
from generate_series(1, %(number)s) n
join (select id, array(select id from places_area) as areas from access_partnership where slug = 'maalt-0') p on true
join (select o.*, row_number() over (order by o.name) - 1 as place, count(*) over () as all_of_them
      from access_organisation o) o on o.place = n.n / 4 %% o.all_of_them
join (select o.*, row_number() over (order by o.name) - 1 as place, count(*) over () as all_of_them
      from access_organisation o) other on other.place = (n.n / 4 + 1) %% other.all_of_them
join (select distinct on (organisation_id) id, organisation_id from access_member order by organisation_id, id) m
  on m.organisation_id = o.id;

insert into situation_measure (id, partnership_id, organisation_id, owner_id, kind, visibility, title, problem, known,
  doing, sign, areas, due_on, ends_on, ended_on, state, outcome, edition, made_at, changed_at)
select id, partnership_id, organisation_id, case when n %% 5 > 0 then member_id end, 'measure', visibility,
       'Lys på stien, nr. ' || n, 'Tre lamper er slukket.', 'Set fire aftener.', 'Driften skifter dem.',
       'Ingen melder om mørke.', array[area_id], case when n %% 3 > 0 then made_at::date + 45 end,
       case when state in ('proposed', 'agreed', 'under-way') then current_date + 1 + n %% 89 else made_at::date + 90 end,
       case when state not in ('proposed', 'agreed', 'under-way') then made_at::date + 45 end,
       state, case state when 'done' then 'Lamperne virker.' else '' end, 1, made_at, made_at + interval '1 day'
from planned;

insert into situation_step (id, measure_id, organisation_id, member_id, kind, note, detail, at)
select gen_random_uuid(), id, organisation_id, member_id, 'proposed', '', '{}'::jsonb, made_at from planned
union all
select gen_random_uuid(), id, organisation_id, member_id, 'commented', 'To af tre virker nu.', '{}'::jsonb,
       made_at + interval '1 day' from planned;

insert into situation_measure_partner (id, measure_id, organisation_id, state, member_id, at)
select gen_random_uuid(), id, partner_id, case when n %% 8 < 4 then 'asked' else 'joined' end, null, made_at
from planned where n %% 3 > 0 and visibility <> 'organisation';

insert into situation_measure_observation (id, measure_id, observation_id, organisation_id, member_id, at)
select gen_random_uuid(), p.id, o.id, p.organisation_id, p.member_id, p.made_at
from planned p
join (select id, row_number() over () - 1 as place, count(*) over () as all_of_them from situation_observation) o
  on o.place = p.n %% o.all_of_them;

drop table planned;
analyze;
