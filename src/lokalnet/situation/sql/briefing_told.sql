-- Who is told of the week's briefing, through `notices_tell`: of a draft those who may approve it, of an approved one
-- all who read it. Whoever made it themselves is not told, and nobody is told who did.

create function briefing_readers(about situation_briefing, fields text) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as
$$ select distinct m.id
   from access_organisation o
   join access_member m on m.organisation_id = o.id and m.user_id is not null
     and (m.ended_at is null or m.ended_at > now())
   join access_role_right r on r.role = any(m.roles) and r.organisation_kind = o.kind
     and r.purpose = 'briefing' and r.fields = briefing_readers.fields
   where about.partnership_id = any(array(select organisation_partnerships(o.id)))
     and (about.municipality_id is null or o.kind = 'municipality') $$;

create function tell_briefing() returns trigger
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
begin
  perform notices_tell(whom, new.partnership_id, 'briefing', new.id, null, 'at-once')
  from briefing_readers(new, case new.state when 'draft' then 'briefing-edited' else 'briefing' end) whom
  where whom is distinct from actor_id() order by whom;
  return null;
end
$$;
create trigger briefing_drafted after insert on situation_briefing for each row
  when (new.state = 'draft') execute function tell_briefing();
create trigger briefing_approved after update on situation_briefing for each row
  when (old.state = 'draft' and new.state = 'approved') execute function tell_briefing();

do $$
declare f regprocedure;
begin
  foreach f in array array['briefing_readers(situation_briefing, text)', 'tell_briefing()']::regprocedure[] loop
    -- Before the owner changes: afterwards a revoke by the old owner only warns, and the public keeps the right.
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to lokalnet_definer', f);
  end loop;
end $$;
