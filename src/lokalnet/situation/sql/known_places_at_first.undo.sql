drop policy struck on situation_known_place;
drop policy said on situation_known_place;
drop policy shared on situation_known_place;
