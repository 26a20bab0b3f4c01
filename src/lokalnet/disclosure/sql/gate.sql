-- The gate's wall: what the server checks in words (disclosure/checking.py), the database holds too.

create policy read on disclosure_ground for select to lokalnet_app
  using (partnership_id = any(array(select actor_partnerships())) and (select actor_may('disclosure', 'grounds')));
create policy proposed on disclosure_ground for insert to lokalnet_app
  with check (partnership_id = any(array(select actor_partnerships())) and proposed_by_id = (select actor_id())
              and (select actor_may('data-protection', 'grounds-edited')) and state = 'proposed'
              and decided_by_id is null and decided_at is null);
create policy read on disclosure_confirmation for select to lokalnet_app
  using (partnership_id = any(array(select actor_partnerships())) and (select actor_may('disclosure', 'grounds')));
create policy confirmed on disclosure_confirmation for insert to lokalnet_app
  with check (partnership_id = any(array(select actor_partnerships())) and member_id = (select actor_id())
              and organisation_id = (select actor_organisation())
              and (select actor_may('data-protection', 'grounds-edited')) and length(trim(words)) >= 10
              and exists (select from disclosure_ground g where g.id = ground_id and g.state = 'in-force'
                          and not g.verified and g.partnership_id = disclosure_confirmation.partnership_id));

-- Versions of a ground follow each other.
create function ground_follows() returns trigger
language plpgsql security definer set search_path = public, pg_temp as
$$
begin
  perform pg_advisory_xact_lock(hashtextextended(new.partnership_id || ' ' || new.code, 4100231));
  new.version := 1 + coalesce((select max(g.version) from disclosure_ground g
                               where g.partnership_id = new.partnership_id and g.code = new.code), 0);
  return new;
end
$$;
create trigger follows before insert on disclosure_ground for each row execute function ground_follows();

-- Four eyes: another data protection officer of the partnership approves or declines. False where that is not so.
create function decide_ground(ground uuid, approve boolean, reason text) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare found_ground disclosure_ground;
begin
  select * into found_ground from disclosure_ground g
    where g.id = decide_ground.ground and g.state = 'proposed'
      and g.partnership_id = any(array(select actor_partnerships())) for update;
  if found_ground.id is null or not coalesce(actor_may('data-protection', 'grounds-edited'), false)
     or found_ground.proposed_by_id is null or found_ground.proposed_by_id = actor_id()
     or exists (select from access_member one, access_member other where one.id = found_ground.proposed_by_id
                and other.id = actor_id() and one.user_id = other.user_id) then
    return false;
  end if;
  if approve then
    update disclosure_ground g set state = 'superseded' where g.partnership_id = found_ground.partnership_id
      and g.code = found_ground.code and g.state = 'in-force';
  end if;
  update disclosure_ground g set state = case when approve then 'in-force' else 'declined' end,
    decided_by_id = actor_id(), decided_at = now(), decline_reason = case when approve then '' else reason end
    where g.id = found_ground.id;
  return true;
end
$$;

-- In force today, and verified or confirmed in writing.
create function ground_holds(ground uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as
$$
  select exists (select from disclosure_ground g where g.id = ground and g.state = 'in-force'
    and today() between g.valid_from and coalesce(g.valid_to, 'infinity'::date)
    and (g.verified or exists (select from disclosure_confirmation c where c.ground_id = g.id)))
$$;

-- No offer that the ground does not cover, whoever writes it. The bar on investigation stands on every one.
create function offer_is_lawful() returns trigger
language plpgsql security definer set search_path = public, pg_temp as
$$
declare
  g disclosure_ground;
  giver_kind text := (select o.kind from access_organisation o where o.id = new.giver_id);
  receiver_kind text := (select o.kind from access_organisation o where o.id = new.receiver_id);
begin
  select * into g from disclosure_ground where id = new.ground_id;
  if g.partnership_id is distinct from new.partnership_id or not ground_holds(g.id)
     or giver_kind <> all(g.gives) or receiver_kind <> all(g.receives)
     or receiver_kind not in ('municipality', 'police', 'institution', 'psychiatry', 'prison-service')
     or new.purpose <> all(g.purposes) or cardinality(new.fields) = 0 or not new.fields <@ g.fields
     or (g.regime <> '' and g.regime <> case when giver_kind = 'police' then 'led' else 'gdpr' end)
     or new.copy_until < today() or new.copy_until > today() + 90 or new.expires_at > now() + interval '31 days'
     or new.partnership_id <> all(array(select organisation_partnerships(new.giver_id)))
     or new.partnership_id <> all(array(select organisation_partnerships(new.receiver_id)))
     or exists (select from access_partnership p where p.id = new.partnership_id and p.exercise_of_id is not null) then
    raise exception 'unlawful-offer' using errcode = 'LN002';
  end if;
  new.bars := array(select distinct unnest(g.bars || array['investigation']::varchar[]));
  return new;
end
$$;
create trigger lawful before insert on disclosure_offer for each row execute function offer_is_lawful();

create policy given on disclosure_offer for insert to lokalnet_app
  with check (giver_id = (select actor_organisation()) and giver_member_id = (select actor_id())
              and (select actor_may('disclosure', 'offers')) and state in ('offered', 'told')
              and answered_at is null and (state = 'offered') = (snapshot is not null)
              and answered_by_id is null and answer_sealed is null and recalled_at is null and recall_answer = ''
              and offered_at between now() - interval '1 minute' and clock_timestamp() + interval '1 minute');
create policy of_known on disclosure_offer for select to lokalnet_app
  using (giver_id = (select actor_organisation())
         and id = any(array(select s.offer_id from disclosure_offer_source s
                            where s.person_id = any(array(select known_persons('{assigned,override}'))))));
-- While it waits, whoever may take it; afterwards who holds the copy, or said no.
create policy received on disclosure_offer for select to lokalnet_app
  using (receiver_id = (select actor_organisation()) and (select actor_may('disclosure', 'offers'))
         and ((state = 'offered' and expires_at > now() and partnership_id = any(array(select actor_partnerships())))
              or (state = 'declined' and answered_by_id = (select actor_id()))
              or id = any(array(select c.offer_id from disclosure_copy c where c.holder_id = (select actor_id())))));
-- For the data protection officers of both sides: what became of an offer and why, and not a word of what was shared,
-- nor why it was necessary. There is no policy for them, because a policy opens whole rows.
create function overseen_offer(wanted uuid) returns setof disclosure_offer
language plpgsql stable security definer set search_path = public, pg_temp as
$$
declare o disclosure_offer;
begin
  select * into o from disclosure_offer d
    where (select actor_may('data-protection', 'person-log')) and d.id = overseen_offer.wanted
      and (select actor_organisation()) in (d.giver_id, d.receiver_id);
  if o.id is null then return; end if;
  o.sealed := '';
  o.snapshot := null;
  return next o;
end
$$;

create policy of_known on disclosure_offer_source for select to lokalnet_app
  using (person_id = any(array(select known_persons('{assigned,override}'))));
create policy given on disclosure_offer_source for insert to lokalnet_app
  with check (giver_id = (select actor_organisation())
              and person_id = any(array(select reading_persons('{assigned,override}'))));

-- The receiver's own transaction makes the copy of what it was offered, under a person of its own.
create function accept_offer(offer uuid, copy uuid, person uuid, words bytea) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare o disclosure_offer;
begin
  select * into o from disclosure_offer d where d.id = accept_offer.offer for update;
  if o.id is null or o.state <> 'offered' or o.expires_at <= now() or o.copy_until < today()
     or o.receiver_id is distinct from actor_organisation()
     or not o.partnership_id = any(array(select actor_partnerships()))
     or not exists (select from disclosure_offer_source s where s.offer_id = o.id)
     or not coalesce(actor_may('disclosure', 'offers') and actor_may('disclosure', 'copies'), false)
     or not person_is_new(accept_offer.person) then
    return false;
  end if;
  insert into disclosure_copy (id, offer_id, controller_id, person_id, holder_id, regime, bars, state, made_at, expires_on)
    values (accept_offer.copy, o.id, o.receiver_id, accept_offer.person, actor_id(),
            case when actor_kind() = 'police' then 'led' else 'gdpr' end, o.bars, 'open', now(), o.copy_until);
  insert into disclosure_copy_text (copy_id, person_id, sealed)
    values (accept_offer.copy, accept_offer.person, accept_offer.words);
  perform give_way(accept_offer.copy, accept_offer.person, o.receiver_id, actor_id(), 'copy',
                   (o.copy_until + 1)::timestamp at time zone 'Europe/Copenhagen');
  update disclosure_offer d set state = 'accepted', answered_at = now(), answered_by_id = actor_id(), snapshot = null
    where d.id = o.id;
  return true;
end
$$;

-- What became of an offer, for those to whom it was offered: a word, and nothing of what was in it. Empty for others,
-- as for one that there never was.
create function offer_fate(offer uuid) returns text
language sql stable security definer set search_path = public, pg_temp as
$$
  select coalesce((
    select case when d.state = 'offered' and d.expires_at <= now() then 'expired' else d.state end::text
      from disclosure_offer d where d.id = offer_fate.offer and d.receiver_id = actor_organisation()
       and d.state <> 'told' and actor_may('disclosure', 'offers')), '')
$$;

create function decline_offer(offer uuid, reason bytea) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
begin
  update disclosure_offer d set state = 'declined', answered_at = now(), answered_by_id = actor_id(), snapshot = null,
    answer_sealed = decline_offer.reason
    where d.id = decline_offer.offer and d.state = 'offered' and d.expires_at > now()
      and d.receiver_id = actor_organisation() and actor_may('disclosure', 'offers')
      and d.partnership_id = any(array(select actor_partnerships()));
  return found;
end
$$;

-- By the giver, whoever works on the file: before it is taken it is gone, afterwards the copy is locked at once.
create function take_back_offer(offer uuid, reason bytea) returns text
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare o disclosure_offer;
begin
  select d.* into o from disclosure_offer d join disclosure_offer_source s on s.offer_id = d.id
    where d.id = take_back_offer.offer and d.giver_id = actor_organisation()
      and s.person_id = any(array(select known_persons('{assigned,override}'))) for update of d;
  if o.id is null or not coalesce(actor_may('disclosure', 'offers'), false) then return ''; end if;
  if o.state = 'offered' then
    update disclosure_offer d set state = 'withdrawn', snapshot = null, answer_sealed = take_back_offer.reason,
      recalled_at = now() where d.id = o.id;
    return 'withdrawn';
  end if;
  if o.state <> 'accepted' then return ''; end if;
  update disclosure_offer d set state = 'recalled', answer_sealed = take_back_offer.reason, recalled_at = now(),
    answer_due_on = today() + 14 where d.id = o.id;
  update disclosure_copy c set state = 'locked' where c.offer_id = o.id and c.state = 'open';
  update persons_access a set until = now() from disclosure_copy c
    where c.offer_id = o.id and a.person_id = c.person_id and a.because = 'copy' and (a.until is null or a.until > now());
  update persons_visit v set left_at = now() from disclosure_copy c
    where c.offer_id = o.id and v.person_id = c.person_id and v.left_at is null;
  perform notices_tell(c.holder_id, o.partnership_id, 'offer-recalled', o.id, null, null)
    from disclosure_copy c where c.offer_id = o.id and c.state = 'locked';
  return 'recalled';
end
$$;

-- The receiver says what became of the copy: deleted, or kept on a ground of its own, and then it can be read again.
-- The ground is kept with the copy, and `said` to the giver under the offer's key.
create function answer_recall(offer uuid, answer text, kept bytea, said bytea) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare c disclosure_copy;
begin
  select x.* into c from disclosure_copy x join disclosure_offer d on d.id = x.offer_id
    where d.id = answer_recall.offer and d.state = 'recalled' and d.recall_answer = '' and x.state = 'locked'
      and x.controller_id = actor_organisation() and x.holder_id = actor_id() for update of x;
  if c.id is null or answer_recall.answer not in ('deleted', 'kept')
     or (answer_recall.answer = 'kept') <> (answer_recall.kept is not null)
     or (answer_recall.answer = 'kept') <> (answer_recall.said is not null)
     or not coalesce(actor_may('disclosure', 'copies'), false) then
    return false;
  end if;
  update disclosure_offer d set recall_answer = answer_recall.answer, recall_answered_at = now(),
    answer_sealed = coalesce(answer_recall.said, d.answer_sealed) where d.id = c.offer_id;
  if answer_recall.answer = 'deleted' then
    update disclosure_copy x set state = 'gone' where x.id = c.id;
    delete from disclosure_copy_text t where t.copy_id = c.id;
  else
    update disclosure_copy x set state = 'open', kept_sealed = answer_recall.kept where x.id = c.id;
    update persons_access a set until = (c.expires_on + 1)::timestamp at time zone 'Europe/Copenhagen'
      where a.id = c.id;
  end if;
  return true;
end
$$;

-- Another holder in the own organisation: by the holder, or by an administrator when the holder leaves.
create function hand_over_copies(leaver uuid, colleague uuid) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare moved integer;
begin
  if not ((leaver = actor_id() or coalesce(actor_may('administration', 'members'), false))
          and exists (select from working_member(colleague) m join access_organisation o on o.id = m.organisation_id
                      join access_role_right r on r.role = any(m.roles) and r.organisation_kind = o.kind
                      where m.organisation_id = actor_organisation() and m.user_id is not null
                        and r.purpose = 'disclosure' and r.fields = 'copies')
          and exists (select from access_member m where m.id = leaver and m.organisation_id = actor_organisation())) then
    return 0;
  end if;
  update persons_access a set member_id = colleague
    from disclosure_copy c where c.id = a.id and c.holder_id = leaver and c.state in ('open', 'locked');
  update disclosure_copy c set holder_id = colleague where c.holder_id = leaver and c.state in ('open', 'locked');
  get diagnostics moved = row_count;
  return moved;
end
$$;

-- How many copies a member holds, for the administrator who ends the access: a number, and nothing of them.
create function copies_in_hand(member uuid) returns integer
language sql stable security definer set search_path = public, pg_temp as
$$
  select count(*)::integer from disclosure_copy c
    where c.holder_id = member and c.state in ('open', 'locked') and c.controller_id = actor_organisation()
      and (member = actor_id() or actor_may('administration', 'members'))
$$;

create policy held on disclosure_copy for select to lokalnet_app
  using (holder_id = (select actor_id()) and controller_id = (select actor_organisation())
         and (select actor_may('disclosure', 'copies')));
create policy held on disclosure_copy_text for select to lokalnet_app
  using (person_id = any(array(select reading_persons('{copy}'))));

create policy decided on disclosure_withheld for insert to lokalnet_app
  with check (giver_id = (select actor_organisation()) and member_id = (select actor_id())
              and (select actor_may('disclosure', 'offers'))
              and person_id = any(array(select reading_persons('{assigned,override}'))));
create policy of_read on disclosure_withheld for select to lokalnet_app
  using (person_id = any(array(select reading_persons('{assigned,override}'))));

-- How much goes: what nobody answered in time, and copies whose day is over.
create function shared_due() returns table (what text, number bigint, oldest timestamptz)
language sql stable security definer set search_path = public, pg_temp as
$$
  select 'offers', count(*), min(d.offered_at) from disclosure_offer d
    where d.state = 'offered' and d.expires_at <= now()
  union all
  select 'copies', count(*), min(c.made_at) from disclosure_copy c
    where c.state <> 'gone' and c.expires_on < today()
  union all
  select 'words', count(*), min(d.offered_at) from disclosure_offer d
    where d.state <> 'offered' and coalesce(d.answered_at, d.recalled_at, d.offered_at)
      between now() - interval '5 years 1 day' and now() - interval '5 years'
$$;

-- Gone for the readers by the policies above, and here from the rows. Returns every key that is to be gone: who was
-- stopped between the rows and the keys finds them again.
create function let_go_of_shared() returns setof uuid
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
begin
  update disclosure_offer d set state = 'expired', snapshot = null where d.state = 'offered' and d.expires_at <= now();
  delete from disclosure_copy_text t using disclosure_copy c
    where c.id = t.copy_id and (c.state = 'gone' or c.expires_on < today());
  update disclosure_copy c set state = 'gone', kept_sealed = null where c.state <> 'gone' and c.expires_on < today();
  return query select c.person_id from disclosure_copy c where c.state = 'gone';
  return query select d.id from disclosure_offer d
    where d.state <> 'offered' and coalesce(d.answered_at, d.recalled_at, d.offered_at) < now() - interval '5 years';
end
$$;

do $$
declare f regprocedure;
begin
  foreach f in array array[
    'ground_follows()', 'overseen_offer(uuid)', 'decide_ground(uuid, boolean, text)', 'ground_holds(uuid)', 'offer_is_lawful()',
    'accept_offer(uuid, uuid, uuid, bytea)', 'offer_fate(uuid)', 'decline_offer(uuid, bytea)',
    'take_back_offer(uuid, bytea)', 'answer_recall(uuid, text, bytea, bytea)', 'hand_over_copies(uuid, uuid)',
    'copies_in_hand(uuid)', 'shared_due()', 'let_go_of_shared()'
  ]::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to %s', f,
                   case when f in ('let_go_of_shared()'::regprocedure, 'shared_due()'::regprocedure)
                        then 'lokalnet_retention' else 'lokalnet_app' end);
    execute format('alter function %s owner to lokalnet_definer', f);
  end loop;
end $$;
