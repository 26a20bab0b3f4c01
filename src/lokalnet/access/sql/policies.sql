-- Tenancy: one's own organisation, its partnerships, and the partners in them.
create policy partners on access_organisation for select to lokalnet_app
  using (id = any(array(select actor_partners())));
create policy mine on access_partnership for select to lokalnet_app, lokalnet_place
  using (id = any(array(select actor_partnerships())));
create policy mine on access_party for select to lokalnet_app
  using (partnership_id = any(array(select actor_partnerships())));

-- Members: colleagues see each other; the local administrator changes.
create policy colleagues on access_member for select to lokalnet_app
  using (organisation_id = (select actor_organisation()));
create policy administered on access_member for update to lokalnet_app
  using (organisation_id = (select actor_organisation()) and (select actor_may('administration', 'members')))
  with check (organisation_id = (select actor_organisation()) and (select actor_may('administration', 'members')));
create policy administered_keys on access_member for insert to lokalnet_app
  with check (organisation_id = (select actor_organisation()) and user_id is null and roles = array['system']::varchar[]
              and (select actor_may('administration', 'keys')));
create policy colleagues on access_member_area for select to lokalnet_app
  using (member_id = any(array(select actor_colleagues())));
create policy administered on access_member_area for all to lokalnet_app
  using (member_id = any(array(select actor_colleagues())) and (select actor_may('administration', 'members')))
  with check (member_id = any(array(select actor_colleagues())) and (select actor_may('administration', 'members')));
create policy administered on access_invitation for all to lokalnet_app
  using (organisation_id = (select actor_organisation()) and (select actor_may('administration', 'members')))
  with check (organisation_id = (select actor_organisation()) and (select actor_may('administration', 'members')));
create policy administered on access_key for all to lokalnet_app
  using (member_id = any(array(select actor_colleagues())) and (select actor_may('administration', 'keys')))
  with check (member_id = any(array(select actor_colleagues())) and (select actor_may('administration', 'keys')));

-- The log: everybody adds acts of their own and reads those; the data protection officer reads the organisation's.
alter table access_event add column xid xid8 not null default pg_current_xact_id();
create index event_by_xid on access_event (xid);
create policy own_acts on access_event for insert to lokalnet_app
  with check ((member_id is null and organisation_id is null)
              or (member_id = (select actor_id()) and organisation_id = (select actor_organisation())));
create policy own_acts_read on access_event for select to lokalnet_app
  using (member_id = (select actor_id()));
create policy overseen on access_event for select to lokalnet_app
  using (organisation_id = (select actor_organisation())
         and (select actor_may('data-protection', 'events-of-organisation')));
create policy verified on access_event for select to lokalnet_audit using (true);
create policy expired on access_event for delete to lokalnet_retention using (true);
create policy expiring on access_event for select to lokalnet_retention using (true);

-- What the sealer needs of entries that are not its own: their digests, of transactions that are over.
create function unsealed_events(from_xid numeric, below_xid numeric)
returns table (id uuid, digest bytea)
language sql stable security definer set search_path = public, pg_temp as
$$ select e.id, e.digest from access_event e
   where e.xid >= from_xid::text::xid8 and e.xid < below_xid::text::xid8 order by e.xid::text::numeric, e.at, e.id $$;
-- The owner changes last: afterwards a revoke only warns, and the public keeps the right.
revoke all on function unsealed_events(numeric, numeric) from public;
grant execute on function unsealed_events(numeric, numeric) to lokalnet_app, lokalnet_audit;
alter function unsealed_events(numeric, numeric) owner to lokalnet_definer;
