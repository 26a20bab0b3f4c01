-- Observations of the last `days` days, evenly over their time, by the organisations of the partnerships. One in four
-- says only the part of the day or the week; visibility and what the police see are mixed; two of three have a text.
-- The running part of the day holds as many as a whole one, so that the hour of the measurement does not matter.
create temp table drawn as
with running as (
  select (date_trunc('day', local) + interval '6 hours' * floor(extract(hour from local) / 6))
         at time zone 'Europe/Copenhagen' as running
  from (select now() at time zone 'Europe/Copenhagen' as local) l)
select gen_random_uuid() as id, d.partnership_id, d.organisation_id, d.source_kind, d.visibility, d.police_sees,
       d.category_id, d.x, d.y, d.coarse_areas, d.fine_areas, d.precision, d.reporter_id, d.at,
       case when d.precision = 'week' then date_trunc('week', d.at at time zone 'Europe/Copenhagen')
            else date_trunc('day', d.at at time zone 'Europe/Copenhagen')
                 + interval '6 hours' * floor(extract(hour from d.at at time zone 'Europe/Copenhagen') / 6)
       end at time zone 'Europe/Copenhagen' as period_start
from (
  select p.id as partnership_id, o.id as organisation_id, o.kind as source_kind, m.id as reporter_id,
         (array['municipalities', 'municipalities', 'partnership', 'partnership', 'organisation', 'public'])
           [1 + floor(random() * 6)::int] as visibility,
         (array['text', 'text', 'area', 'exact'])[1 + floor(random() * 4)::int] as police_sees,
         (array['exact', 'exact', 'exact', 'exact', 'exact', 'hour', 'evening', 'week'])
           [1 + floor(random() * 8)::int] as precision,
         p.categories[1 + floor(random() * cardinality(p.categories))::int] as category_id,
         floor(random() * 60)::int as x, floor(random() * 60)::int as y,
         p.areas[1:1] || p.areas[2 + floor(random() * (cardinality(p.areas) - 1))::int] as coarse_areas,
         p.areas[1:1] || p.areas[2 + floor(random() * (cardinality(p.areas) - 1))::int] as fine_areas,
         date_trunc('minute', case when drawn_at <= now() then drawn_at
                                   else running + (drawn_at - running) * (extract(epoch from now() - running) / 21600) end) as at
  from (select n, running, running + interval '6 hours' - random() * interval '1 day' * %(days)s as drawn_at
        from generate_series(1, %(number)s) n, running) n
  join (select p.id, row_number() over (order by p.slug) - 1 as place, count(*) over () as all_of_them,
               array(select id from situation_category c where c.partnership_id = p.id) as categories,
               array(select id from places_area order by kind, code) as areas
        from access_partnership p where p.slug like 'maalt-%%') p on p.place = n.n %% p.all_of_them
  join (select o.*, row_number() over (order by o.name) - 1 as place, count(*) over () as all_of_them
        from access_organisation o) o on o.place = (n.n / p.all_of_them) %% o.all_of_them
  join (select distinct on (organisation_id) id, organisation_id from access_member order by organisation_id, id) m
    on m.organisation_id = o.id
) d;

insert into situation_observation (id, partnership_id, organisation_id, source_kind, visibility, police_sees,
  category_id, cell_x, cell_y, longitude, latitude, areas, period_start, part)
select id, partnership_id, organisation_id, source_kind, visibility, police_sees, category_id, x, y,
       12.3 + x * 0.004, 55.68 + y * 0.002, coarse_areas, period_start,
       case when precision = 'week' then 'week' else (array['night', 'morning', 'afternoon', 'evening'])
         [1 + floor(extract(hour from at at time zone 'Europe/Copenhagen') / 6)::int] end
from drawn;

insert into situation_observation_exact (observation_id, partnership_id, organisation_id, source_kind, visibility,
  police_sees, longitude, latitude, areas, occurred_at, precision, reporter_id, reported_at)
select id, partnership_id, organisation_id, source_kind, visibility, police_sees, 12.298 + x * 0.004 + random() * 0.004,
       55.679 + y * 0.002 + random() * 0.002, fine_areas,
       case precision when 'exact' then at when 'hour' then date_trunc('hour', at) else period_start end,
       precision, reporter_id, at + interval '10 minutes'
from drawn;

-- Some hundred words, those at the front of a list more often, and one in 20,000 that hardly ever stands there.
insert into situation_observation_text (observation_id, partnership_id, organisation_id, source_kind, visibility,
  police_sees, text)
select id, partnership_id, organisation_id, source_kind, visibility, police_sees,
       format('%%s %%s %%s ved %%s, og der er %%s en %%s%%s.', who, acts[1 + floor(power(random(), 2) * cardinality(acts))::int],
              hows[1 + floor(power(random(), 2) * cardinality(hows))::int],
              places[1 + floor(power(random(), 3) * cardinality(places))::int],
              dones[1 + floor(power(random(), 2) * cardinality(dones))::int],
              things[1 + floor(power(random(), 3) * cardinality(things))::int],
              case when random() < 0.00005 then ' og en ' || seldom[1 + floor(random() * cardinality(seldom))::int] end)
from (select d.*, (array['En gruppe', 'En gruppe', 'Unge', 'Nogle drenge', 'Nogle piger', 'Voksne', 'Elever',
                         'Kunder'])[1 + floor(random() * 8)::int] as who from drawn d where x %% 3 < 2) d
cross join (select
  string_to_array('støjer råber løber kører spiller drikker ryger slås kaster skubber griner synger truer hænger leger '
    'danser larmer hopper klatrer banker graver jagter skændes fester samles', ' ') as acts,
  string_to_array('højlydt sent igen længe vildt dagligt stille aggressivt pludseligt tidligt uroligt hensynsløst '
    'fredeligt sjældent konstant', ' ') as hows,
  string_to_array('butikken stationen skolen kiosken parken torvet klubben søen biblioteket indgangen legepladsen '
    'tunnelen kælderen broen opgangen gården boldbanen parkeringspladsen cykelstien busstoppestedet containeren '
    'vaskeriet fælleshuset apoteket tankstationen supermarkedet pizzeriaet kirken kirkegården skaterbanen hallen '
    'ungdomshuset børnehaven vuggestuen plejehjemmet rådhuset stien skoven mosen havnen bakken rampen trappen '
    'elevatoren gangbroen perronen cykelskuret affaldsøen højhuset rækkehuset kolonihaven drivhuset idrætsparken '
    'svømmehallen museet teatret caféen grillen frisøren bageriet genbrugspladsen rundkørslen viadukten '
    'transformatoren vandtårnet dyrehospitalet materielgården spejderhytten ridehallen tennisbanen', ' ') as places,
  string_to_array('knust væltet ødelagt stjålet brændt malet smadret bøjet revet overmalet ridset sparket savet '
    'afmonteret oversprøjtet', ' ') as dones,
  string_to_array('rude bagdør scooter cykel bænk skraldespand bil postkasse lygtepæl knallert hegn skilt trampolin '
    'havestol dørtelefon lås kamera automat container legehus gynge rutsjebane mur facade garage port lampe flagstang '
    'blomsterkasse parasol trailer barnevogn indkøbsvogn løbehjul varmepumpe regnrende fuglehus goldfiskedam '
    'vejbom brevsprække motorhjelm sidespejl antenne markise pavillon petanquebane solcelle plankeværk', ' ') as things,
  string_to_array('luftballon trompet harpe kanon isbjørn', ' ') as seldom) words;

drop table drawn;
analyze;
