alter table partnership_commitment_version drop constraint version_of_commitment;
drop policy taken_back on partnership_commitment;
drop function commitment_is_fresh(uuid);
drop policy exercise_over on partnership_commitment;
drop policy expiring on partnership_commitment;
drop trigger follows on partnership_commitment_version;
drop trigger made on partnership_commitment;
do $$
declare before text := current_user;
begin
  set local role lokalnet_definer;
  drop function commitment_follows(), commitment_made();
  execute format('set local role %I', before);
end $$;
drop policy kept on partnership_commitment_version;
drop policy shared on partnership_commitment_version;
drop policy promised on partnership_commitment;
drop policy shared on partnership_commitment;
