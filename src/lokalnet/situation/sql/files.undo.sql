drop function fail_file(uuid), unfinished_files(), file_member(uuid);
