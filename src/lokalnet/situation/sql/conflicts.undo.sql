drop policy expired on situation_conflict_message;
drop policy expiring on situation_conflict_message;
drop policy expired on situation_conflict_entry;
drop policy expiring on situation_conflict_entry;
drop policy expired on situation_conflict_review;
drop policy expiring on situation_conflict_review;
drop policy silenced on situation_tree_row;
drop policy exercise_over on situation_tree_row;
drop policy expiring on situation_tree_row;
drop trigger conflict_opened on situation_step;
drop trigger tree_row_checked on situation_tree_row;
drop policy taken_out on situation_tree_row;
drop policy kept on situation_tree_row;
drop policy written on situation_tree_row;
drop policy seen on situation_tree_row;
do $$
declare
  before text := current_user;
  t text;
begin
  foreach t in array array['situation_tree_call', 'situation_conflict_entry', 'situation_conflict_standing',
                           'situation_conflict_message', 'situation_conflict_edition', 'situation_conflict_agreement',
                           'situation_conflict_withdrawal', 'situation_conflict_review'] loop
    execute format('drop policy written on %s', t);
    execute format('drop policy seen on %s', t);
  end loop;
  set local role lokalnet_definer;
  drop function copy_contact_tree(), check_tree_row(), conflict_open(uuid);
  execute format('set local role %I', before);
end $$;
drop index conflict_by_partnership;
alter table situation_conflict_withdrawal drop constraint conflict_withdrawal_message;
alter table situation_conflict_agreement drop constraint conflict_agreement_edition;
alter table situation_conflict_edition drop constraint conflict_edition_builds_on;
alter table situation_conflict_edition drop constraint conflict_edition_message;
alter table situation_conflict_standing drop constraint conflict_standing_after;
alter table situation_conflict_standing drop constraint conflict_standing_entry;
alter table situation_tree_call drop constraint tree_call_row;
alter table situation_tree_row drop constraint tree_row_parent;
do $$
declare t text;
begin
  foreach t in array array['tree_row', 'tree_call', 'conflict_entry', 'conflict_standing', 'conflict_message',
                           'conflict_edition', 'conflict_agreement', 'conflict_withdrawal', 'conflict_review'] loop
    execute format('alter table situation_%s drop constraint %I', t, t || '_goes_with_it');
  end loop;
end $$;
