drop function news_since(bigint), changes_for_actor(bigint, bigint), change_audience(bigint, bigint), newest_change(), number_changes();
drop policy noted on situation_change;
