drop trigger notices_ended on access_member;
do $$
declare before text := current_user;
begin
  set local role lokalnet_definer;
  drop function notices_member_ended(), notices_stop(uuid), notices_mail(timestamptz), notices_waiting(timestamptz),
    notices_tell(uuid, uuid, text, uuid, bigint, text), notices_note(uuid, uuid, uuid, text, uuid, bigint, text);
  execute format('set local role %I', before);
end $$;
alter table notices_notice drop constraint notice_of_message;
drop policy expired on notices_message;
drop policy expiring on notices_message;
drop policy expired on notices_notice;
drop policy expiring on notices_notice;
drop policy own on notices_message;
drop policy own_opened on notices_notice;
drop policy own on notices_notice;
drop policy own on notices_preferences;
