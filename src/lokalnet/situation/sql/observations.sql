-- Who gets which of an observation: the one rule. 'exact', 'text', 'area', or null for nothing at all.
-- own: the reader's organisation is the sender's. Municipalities get each other's reports whole; the police get a
-- municipal report as coarse as its sender left it, and other police organisations' reports whole.
create function observation_level(own boolean, reader_kind text, source_kind text, visibility text, police_sees text)
returns text language sql immutable parallel safe as
-- Each argument that a policy fills by a query stands here once: only then is the function inlined, and a row's
-- policy costs a comparison instead of a call.
$$ select case when own then 'exact' else case reader_kind
     when 'municipality' then case when visibility in ('municipalities', 'partnership', 'public') then 'exact' end
     when 'police' then case when visibility in ('partnership', 'public') then
       case when source_kind = 'police' then 'exact' else police_sees end end
   end end $$;

alter table situation_observation_exact add constraint exact_audience
  foreign key (observation_id, partnership_id, organisation_id, source_kind, visibility, police_sees)
  references situation_observation (id, partnership_id, organisation_id, source_kind, visibility, police_sees)
  on update cascade on delete cascade deferrable initially immediate;
alter table situation_observation_text add constraint text_audience
  foreign key (observation_id, partnership_id, organisation_id, source_kind, visibility, police_sees)
  references situation_observation (id, partnership_id, organisation_id, source_kind, visibility, police_sees)
  on update cascade on delete cascade deferrable initially immediate;

-- The entry guard refuses a civil registration number long before this; here it cannot be stored whatever happens.
alter table situation_observation_text add constraint text_without_cpr check (
  text !~ '(^|[^0-9])(0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])(0[1-9]|1[0-2])[0-9]{2}[-–. ]?[0-9]{4}([^0-9]|$)');

create policy partnership_categories on situation_category for select to lokalnet_app, lokalnet_place
  using (partnership_id = any(array(select actor_partnerships())));
create policy edited on situation_category for update to lokalnet_app
  using (partnership_id = any(array(select actor_partnerships())) and (select actor_may('administration', 'categories')))
  with check (partnership_id = any(array(select actor_partnerships()))
              and (select actor_may('administration', 'categories')));
create policy added on situation_category for insert to lokalnet_app
  with check (partnership_id = any(array(select actor_partnerships()))
              and (select actor_may('administration', 'categories')));

do $$
declare
  t text;
  wanted text;
  readable text := $p$
    (organisation_id = (select actor_organisation()) and (select actor_may('report', 'observations-of-own')))
    or (partnership_id = any(array(select actor_partnerships()))
        and (select actor_may('shared-picture', 'observations-of-partners'))
        and observation_level(false, (select actor_kind()), source_kind, visibility, police_sees) %s) $p$;
  writable text := $p$
    organisation_id = (select actor_organisation()) and source_kind = (select actor_kind())
    and partnership_id = any(array(select actor_partnerships())) and (select actor_may('report', 'observation-entry')) $p$;
begin
  foreach t in array array['situation_observation', 'situation_observation_exact', 'situation_observation_text'] loop
    wanted := case t when 'situation_observation' then 'is not null'
                     when 'situation_observation_exact' then '= ''exact'''
                     else 'in (''exact'', ''text'')' end;
    execute format('create policy shared on %s for select to lokalnet_app using (%s)', t, format(readable, wanted));
    execute format('create policy reported on %s for insert to lokalnet_app with check (%s)', t, writable);
    execute format('create policy corrected on %s for update to lokalnet_app using (%s) with check (%s)',
                   t, writable, writable);
  end loop;
end $$;

create policy own_receipts on situation_receipt for all to lokalnet_app
  using (member_id = (select actor_id())) with check (member_id = (select actor_id()));
create policy own_imports on situation_import_row for all to lokalnet_app
  using (organisation_id = (select actor_organisation()))
  with check (organisation_id = (select actor_organisation())
              and (select actor_may('report', 'observation-entry')));
