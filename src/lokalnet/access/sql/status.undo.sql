drop function unsealed_log();
