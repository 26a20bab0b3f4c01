"""Who is told, and when: the bell, mail and digests. Never what: a notice is a member, a kind and an opaque link."""
