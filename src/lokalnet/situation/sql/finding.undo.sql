drop function find_texts(uuid, timestamptz, timestamptz, text, integer);
alter table situation_observation_text drop column words;
