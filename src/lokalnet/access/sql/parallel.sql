-- The functions that policies ask only read, and read what every worker of a query sees alike (the actor is set in the
-- transaction). One that is not marked keeps each query under a policy in a single process.
do $$
declare
  before text := current_user;
  f regprocedure;
begin
  set local role lokalnet_definer;
  foreach f in array array['working_member(uuid)', 'actor_organisation()', 'actor_kind()',
                           'organisation_partnerships(uuid)', 'actor_partnerships()', 'actor_partners()',
                           'actor_colleagues()', 'actor_may(text, text)']::regprocedure[] loop
    execute format('alter function %s parallel safe', f);
  end loop;
  execute format('set local role %I', before);
end $$;
