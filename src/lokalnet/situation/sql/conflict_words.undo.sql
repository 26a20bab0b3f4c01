drop trigger conflict_step_checked on situation_step;
drop trigger review_checked on situation_conflict_review;
drop trigger withdrawal_checked on situation_conflict_withdrawal;
drop trigger agreement_checked on situation_conflict_agreement;
drop trigger edition_checked on situation_conflict_edition;
drop trigger standing_checked on situation_conflict_standing;
do $$
declare before text := current_user;
begin
  set local role lokalnet_definer;
  drop function check_conflict_step(), check_review(), check_withdrawal(), check_agreement(), check_edition(),
    check_standing(), newest_edition(uuid), entry_standing(uuid);
  execute format('set local role %I', before);
end $$;
