drop function just_joined(bytea);
