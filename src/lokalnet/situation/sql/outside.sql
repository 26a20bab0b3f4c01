-- Pictures: read by whoever gets the report exactly, because a picture shows the place. Written by the sender.
alter table situation_photo add constraint photo_audience
  foreign key (observation_id, partnership_id, organisation_id, source_kind, visibility, police_sees)
  references situation_observation (id, partnership_id, organisation_id, source_kind, visibility, police_sees)
  on update cascade on delete cascade deferrable initially immediate;
alter table situation_photo add constraint photo_small check (octet_length(jpeg) <= 500000);

create policy shared on situation_photo for select to lokalnet_app using (
  (organisation_id = (select actor_organisation()) and (select actor_may('report', 'observations-of-own')))
  or (partnership_id = any(array(select actor_partnerships()))
      and (select actor_may('shared-picture', 'observations-of-partners'))
      and observation_level(false, (select actor_kind()), source_kind, visibility, police_sees) = 'exact'));
create policy reported on situation_photo for insert to lokalnet_app with check (
  organisation_id = (select actor_organisation()) and source_kind = (select actor_kind())
  and partnership_id = any(array(select actor_partnerships())) and (select actor_may('report', 'observation-entry')));
create policy corrected on situation_photo for delete to lokalnet_app using (
  organisation_id = (select actor_organisation()) and may_act('corrected', observation_id, null));

-- Somebody can be recognised: the picture goes with the words, and comes back as little as they do. Only categories of
-- places take pictures, whatever a client sends.
create function photo_goes() returns trigger
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
begin
  delete from situation_photo where observation_id = new.observation_id;
  return null;
end
$$;
create trigger photo_goes after insert on situation_act for each row when (new.kind = 'recognised')
  execute function photo_goes();

create function photo_allowed() returns trigger
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
begin
  if (select o.text_removed from situation_observation o where o.id = new.observation_id) then
    raise exception 'text-removed' using errcode = 'LN001';
  end if;
  if not (select c.takes_photos from situation_observation o join situation_category c on c.id = o.category_id
          where o.id = new.observation_id) then
    raise exception 'no-photos' using errcode = 'LN001';
  end if;
  return new;
end
$$;
create trigger photo_allowed before insert on situation_photo for each row execute function photo_allowed();

-- Another category, one that takes no pictures: the picture goes.
create function photo_follows_category() returns trigger
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
begin
  delete from situation_photo p using situation_category c
    where p.observation_id = new.id and c.id = new.category_id and not c.takes_photos;
  return null;
end
$$;
create trigger photo_follows_category after update of category_id on situation_observation for each row
  when (old.category_id is distinct from new.category_id) execute function photo_follows_category();

create policy told on situation_quiet_week for select to lokalnet_app
  using (member_id = (select actor_id())
         or (partnership_id = any(array(select actor_partnerships()))
             and (select actor_may('shared-picture', 'observations-of-partners'))));
create policy said on situation_quiet_week for insert to lokalnet_app
  with check (member_id = (select actor_id()) and organisation_id = (select actor_organisation())
              and partnership_id = any(array(select actor_partnerships()))
              and (select actor_may('report', 'observation-entry')));

-- What the member keeps at the desk asks for no right, because it is the member's own. A phone gets none of it.
do $$
declare t text;
begin
  foreach t in array array['situation_export', 'situation_upload', 'situation_savedview'] loop
    execute format($p$create policy at_the_desk on %s as restrictive for all to lokalnet_app
      using ((select coalesce(current_setting('lokalnet.device', true), '')) = '')$p$, t);
  end loop;
end $$;

do $$
declare t text;
begin
  foreach t in array array['situation_photo', 'situation_quiet_week', 'access_device'] loop
    execute format('create policy expiring on %s for select to lokalnet_retention using (true)', t);
    execute format('create policy expired on %s for delete to lokalnet_retention using (true)', t);
  end loop;
end $$;

do $$
declare f regprocedure;
begin
  foreach f in array array['photo_goes()', 'photo_allowed()', 'photo_follows_category()']::regprocedure[] loop
    -- Before the owner changes: afterwards a revoke by the old owner only warns, and the public keeps the right.
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to lokalnet_definer', f);
  end loop;
end $$;
