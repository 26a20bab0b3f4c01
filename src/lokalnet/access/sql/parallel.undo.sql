-- As PostgreSQL has it without a word.
do $$
declare
  before text := current_user;
  f regprocedure;
begin
  set local role lokalnet_definer;
  foreach f in array array['working_member(uuid)', 'actor_organisation()', 'actor_kind()',
                           'organisation_partnerships(uuid)', 'actor_partnerships()', 'actor_partners()',
                           'actor_colleagues()', 'actor_may(text, text)']::regprocedure[] loop
    execute format('alter function %s parallel unsafe', f);
  end loop;
  execute format('set local role %I', before);
end $$;
