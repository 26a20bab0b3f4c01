drop function accept_invitation(bytea, uuid, uuid), open_invitation(bytea), member_of_key(bytea), members_of(uuid),
  member_card(uuid), actor_may(text, text), actor_colleagues(), actor_partners(), actor_partnerships(),
  organisation_partnerships(uuid), actor_kind(), actor_organisation(), working_member(uuid), today(), actor_id();
