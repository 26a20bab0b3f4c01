drop function notices_mail_waiting(timestamptz);
