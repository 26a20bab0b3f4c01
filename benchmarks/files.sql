-- So many files of the organisation %(organisation)s, each with a person, an owner, three notes and two visits.
insert into access_member (id, organisation_id, name, title, roles, joined_at)
  select md5('member ' || i)::uuid, %(organisation)s, 'Kollega ' || i, '', '{case-worker}', now()
    from generate_series(1, %(number)s / 50 + 1) i;
insert into persons_person (id, controller_id, sealed, edition, made_at)
  select md5('person ' || i)::uuid, %(organisation)s, decode(repeat('00', 220), 'hex'), 1, now()
    from generate_series(1, %(number)s) i;
insert into youth_file (id, controller_id, person_id, number, about, regime, owner_id, opened_at, deletes_on, inform_by,
                        edition)
  select md5('file ' || i)::uuid, %(organisation)s, md5('person ' || i)::uuid, 'M-' || i, 'helped', 'gdpr',
         md5('member ' || (1 + i %% (%(number)s / 50 + 1)))::uuid, now(), current_date + 300, current_date + 20, 1
    from generate_series(1, %(number)s) i;
insert into persons_access (id, person_id, controller_id, member_id, because, since)
  select gen_random_uuid(), f.person_id, f.controller_id, f.owner_id, 'assigned', now() - interval '1 day'
    from youth_file f where f.number like 'M-%%';
insert into youth_note (id, file_id, person_id, controller_id, sealed, kind, author_id, at)
  select gen_random_uuid(), f.id, f.person_id, f.controller_id, decode(repeat('00', 300), 'hex'), 'fact', f.owner_id,
         now() - n * interval '1 day'
    from youth_file f, generate_series(1, 3) n where f.number like 'M-%%';
insert into persons_visit (id, person_id, controller_id, member_id, purpose, because, entered_at, ends_at, left_at,
                           wrong)
  select gen_random_uuid(), f.person_id, f.controller_id, f.owner_id, 'early-help', '{assigned}',
         now() - n * interval '1 day', now() - n * interval '1 day' + interval '2 hours', null, false
    from youth_file f, generate_series(1, 2) n where f.number like 'M-%%';
analyze
