drop trigger following_ended on access_member;
drop trigger answer_told on situation_act;
drop trigger step_told on situation_step;
drop trigger few_subscriptions on situation_subscription;
drop policy own on situation_subscription;
drop policy covered on situation_subscription;
drop policy expiring on situation_subscription;
drop policy exercise_over on situation_subscription;
do $$
declare before text := current_user;
begin
  set local role lokalnet_definer;
  drop function tell_answer();
  drop function tell_step();
  drop function conflict_leads(situation_measure);
  drop function measure_keepers(situation_measure);
  drop function followers_with_news();
  drop function news_for_actor(uuid, bigint, bigint);
  drop function few_subscriptions();
  drop function actor_covers();
  drop function following_ended();
  execute format('set local role %I', before);
end $$;
