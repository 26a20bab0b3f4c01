drop function end_exercise(uuid), begin_exercise(uuid, text, integer);
