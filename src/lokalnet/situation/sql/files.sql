-- A job knows a file's id and nothing else, and there is no actor yet: whose file is it? And what does the sweep find
-- that was asked for and is not finished? Ids only. A file of somebody who may have none any more is given up by a
-- function, because a policy asks whether its writer has a right, and that is just what is gone.
create function file_member(subject uuid) returns uuid
language sql stable security definer set search_path = public, pg_temp as
$$ select member_id from situation_export where id = subject
   union all select member_id from situation_upload where id = subject $$;

create function unfinished_files() returns table (kind text, id uuid, hopeless boolean)
language sql stable security definer set search_path = public, pg_temp as
$$ select 'export', e.id, e.asked_at < now() - interval '1 day' from situation_export e
   where e.state in ('waiting', 'running') and e.asked_at < now() - interval '2 minutes'
   union all
   select case u.state when 'preview' then 'preview' else 'import' end, u.id, u.expires_at < now()
   from situation_upload u
   where (u.state in ('waiting', 'running') or (u.state = 'preview' and not u.totals ? 'looked'))
     and u.asked_at < now() - interval '2 minutes' $$;

create function fail_file(subject uuid) returns void
language sql volatile security definer set search_path = public, pg_temp as
$$ update situation_export set state = 'failed', file = null, observation_ids = '{}', finished_at = now()
     where id = subject and state in ('waiting', 'running');
   update situation_upload set state = 'failed', file = null, finished_at = now(), totals = totals - 'first'
     where id = subject and state in ('preview', 'waiting', 'running') $$;

do $$
declare f regprocedure;
begin
  foreach f in array array['file_member(uuid)', 'unfinished_files()', 'fail_file(uuid)']::regprocedure[] loop
    -- Before the owner changes: afterwards a revoke by the old owner only warns, and the public keeps the right.
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to lokalnet_app', f);
    execute format('alter function %s owner to lokalnet_definer', f);
  end loop;
end $$;
