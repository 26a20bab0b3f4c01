"""A look is quiet where nothing changed or somebody is new, and sees what several people begin to tell of."""

from dataclasses import replace
from datetime import date

import numpy as np

from lokalnet.analysis.detection.found import Word
from lokalnet.analysis.detection.looking import LookSettings, look
from lokalnet.analysis.detection.tellers import once_a_day, renumbered
from lokalnet.analysis.detection.told import Told, Voices

TODAY = date(2026, 11, 20)
LAST = np.datetime64(TODAY, "D")
SETTINGS = LookSettings(replications=999)
NOBODY = Voices(LAST[None][:0], *(np.zeros(0, np.int64) for _ in range(4)))


def told(days_ago: object, x: object, y: object, reporter: object, organisation: object, *,
         flagged: bool = False) -> Told:
    rows = np.broadcast_arrays(days_ago, x, y, reporter, organisation)
    ago, *others = (np.atleast_1d(each).astype(np.int64) for each in rows)
    return Told(LAST - ago.astype("timedelta64[D]"), *others, np.full(len(ago), flagged))


def together(*parts: Told) -> Told:
    return Told(*(np.concatenate([getattr(part, name) for part in parts]) for name in Told.__dataclass_fields__))


def year(seed: int = 1, *, events: int = 500, reporters: int = 12) -> Told:
    """Twelve people of three organisations, each with a beat of their own around ten places."""
    draw = np.random.default_rng(seed)
    reporter = draw.integers(0, reporters, events)
    place = (reporter + draw.integers(0, 4, events)) % 10
    return told(draw.integers(0, 365, events), place * 8 + draw.integers(0, 2, events), draw.integers(0, 2, events),
                reporter, reporter % 3)


def cluster(*reporters: int, organisation: object = None, flagged: bool = False, x: int = 24) -> Told:
    """Nine evenings at one place by these people in turn; at 24 something is told of now and then, at 99 never."""
    who = np.resize(np.array(reporters), 9)
    return told(np.arange(9) // 2, x + np.arange(9) % 2, np.arange(9) % 3 // 2, who,
                who % 3 if organisation is None else organisation, flagged=flagged)


def test_nothing_unusual_is_quiet() -> None:
    words = [look(year(seed), NOBODY, today=TODAY, settings=SETTINGS, threads=1).word for seed in range(10)]
    assert words.count(Word.QUIET) >= 9


def test_what_several_people_begin_to_tell_of_is_unusual() -> None:
    found = look(together(year(), cluster(0, 1, 2, 3)), NOBODY, today=TODAY, settings=SETTINGS, threads=1)
    assert found.word is Word.UNUSUAL
    first = found.candidates[0]
    assert {(24, 0), (25, 0)} <= set(first.cells) and first.observed >= 8 and first.expected < 3
    assert first.reporters >= 3 and first.organisations >= 2 and first.last_day == TODAY
    assert first.ratio_low <= first.observed / first.expected <= first.ratio_high


def test_one_person_or_one_organisation_makes_no_signal() -> None:
    for alone in (cluster(3, x=99), cluster(0, 3, 6, 9, x=99)):
        assert look(together(year(), alone), NOBODY, today=TODAY, settings=SETTINGS, threads=1).word is Word.QUIET


def test_whoever_saw_it_too_carries_it() -> None:
    alone = cluster(0, 3, 6, x=99)
    voices = Voices(alone.day[:2], alone.x[:2], alone.y[:2], np.array([1, 2]), np.array([1, 2]))
    found = look(together(year(), alone), voices, today=TODAY, settings=SETTINGS, threads=1)
    assert found.word is Word.UNUSUAL and found.candidates[0].organisations == 3


def test_a_new_organisation_makes_no_signal() -> None:
    """Five people of it tell of one place, nine evenings in five days."""
    new = cluster(20, 21, 22, 23, 24, organisation=7)
    found = look(together(year(), new), NOBODY, today=TODAY, settings=SETTINGS, threads=1)
    assert found.word is Word.QUIET


def test_new_people_make_no_signal() -> None:
    """Nothing is known that they usually tell of, so nobody tells of more than usual."""
    new = cluster(20, 21, 22, 23, 24)
    assert look(together(year(), new), NOBODY, today=TODAY, settings=SETTINGS, threads=1).word is Word.QUIET


def test_what_is_told_where_somebody_was_sent_makes_no_signal() -> None:
    sent = cluster(0, 1, 2, 3, flagged=True)
    assert look(together(year(), sent), NOBODY, today=TODAY, settings=SETTINGS, threads=1).word is Word.QUIET


def test_one_person_who_writes_much_in_a_day_tells_of_one_event() -> None:
    evening = told(0, 24, 0, np.repeat([0, 1], 9), np.repeat([0, 1], 9))
    assert len(once_a_day(evening)) == 2
    assert look(together(year(), evening), NOBODY, today=TODAY, settings=SETTINGS, threads=1).word is Word.QUIET


def test_an_event_is_flagged_only_where_each_telling_was() -> None:
    both = together(told(0, 24, 0, 1, 1, flagged=True), told(0, 24, 0, 1, 1))
    assert once_a_day(both).flagged.tolist() == [False]


def test_too_little_is_said() -> None:
    few = year(events=20)
    assert look(few, NOBODY, today=TODAY, settings=SETTINGS).word is Word.TOO_LITTLE
    lately = told(np.arange(40) % 30, np.arange(40), 0, np.arange(40) % 9, np.arange(40) % 3)
    assert look(lately, NOBODY, today=TODAY, settings=SETTINGS).word is Word.TOO_LITTLE
    assert look(NOTHING, NOBODY, today=TODAY, settings=SETTINGS).word is Word.TOO_LITTLE


NOTHING = year(events=0)


def test_the_answer_depends_neither_on_the_numbers_of_reporters_nor_on_the_order() -> None:
    everything = together(year(), cluster(0, 1, 2, 3))
    shuffled = np.random.default_rng(5).permutation(len(everything))
    people, bodies = np.random.default_rng(6).permutation(12), np.random.default_rng(7).permutation(3)
    other = everything.where(shuffled)
    other = replace(other, reporter=people[other.reporter], organisation=bodies[other.organisation])
    assert look(everything, NOBODY, today=TODAY, settings=SETTINGS, seed=3, threads=2) == look(
        other, NOBODY, today=TODAY, settings=SETTINGS, seed=3, threads=1)


def test_renumbering_keeps_who_is_who() -> None:
    before = year()
    after, _ = renumbered(before, NOBODY)
    assert len({*zip(before.reporter.tolist(), after.reporter.tolist(), strict=True)}) == 12
    assert np.bincount(after.reporter)[0] == np.bincount(before.reporter).max()
