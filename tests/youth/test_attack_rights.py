"""The rights table leaves no worry with nobody, and nobody with a worry that is not theirs."""

import pytest

from lokalnet.access.models import Organisation
from lokalnet.access.rights import Fields, Purpose, decide, roles_for


@pytest.mark.parametrize("kind", Organisation.Kind.values)
def test_where_one_may_tell_of_a_worry_there_is_a_role_that_clarifies_it_and_one_that_helps(kind: str) -> None:
    def held(purpose: Purpose, fields: Fields) -> set[str]:
        return {role.value for role in roles_for(kind) if decide([role], kind, purpose, fields)}

    tells = held(Purpose.CONCERN, Fields.CONCERN_ENTRY)
    clarifies = held(Purpose.TRIAGE, Fields.CONCERNS_TRIAGED)
    assert bool(tells) == bool(clarifies) == bool(held(Purpose.TRIAGE, Fields.FILE_DECISIONS))
    assert clarifies <= held(Purpose.EARLY_HELP, Fields.PERSON_FILE)
    assert not clarifies & {"professional", "administrator", "system", "analyst", "leader"}
