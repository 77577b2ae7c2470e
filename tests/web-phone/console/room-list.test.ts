import { computed, effect, signal } from '@preact/signals';
import { describe, expect, test } from 'vitest';
import { apply } from '../../../protocol/room/apply.ts';
import type { Participant } from '../../../protocol/room/room.ts';
import { RoomList } from '../../../web-phone/console/room-list.ts';
import { SILENT_FEED } from '../../../web-phone/feed/state.ts';
import { crowdOf } from '../support/crowd.ts';
import { legId, ROOM } from '../support/people.ts';

function open(people: readonly Participant[]) {
  const feed = signal(SILENT_FEED);
  const put = (participant: Participant): void => {
    const fact = { kind: 'participant-updated', room: ROOM, participant } as const;
    feed.value = { ...feed.value, rooms: apply(feed.value.rooms, fact) };
  };
  for (const each of people) put(each);
  const leave = (id: Participant['id']): void => {
    const fact = { kind: 'participant-left', room: ROOM, id, reason: 'hung-up' } as const;
    feed.value = { ...feed.value, rooms: apply(feed.value.rooms, fact) };
  };
  return { list: new RoomList(ROOM, feed), put, leave };
}

/** How often something that reads signals runs anew. */
function runsOf(read: () => unknown): () => number {
  let runs = 0;
  effect(() => {
    read();
    runs += 1;
  });
  return () => runs;
}

const crowd = crowdOf(300);
const [ada, grace] = crowd;

describe('the list of a room with 300 people', () => {
  test('a fact about one draws that row anew, and neither the others nor the list', () => {
    const { list, put } = open(crowd);
    const rows = crowd.map(({ id }) => {
      const person = computed(() => list.person(id));
      return runsOf(() => person.value);
    });
    const drawn = runsOf(() => list.ids.value);
    put({ ...grace!, talking: true, muted: false });
    put({ ...grace!, talking: false, muted: false });
    expect(rows[1]!()).toBe(3);
    expect(rows.filter((_row, n) => n !== 1).every((runs) => runs() === 1)).toBe(true);
    expect(drawn()).toBe(1);
  });

  test('who comes or goes changes the list; who is elsewhere in it stays selected', () => {
    const { list, leave } = open(crowd.slice(0, 5));
    list.selectAll();
    const drawn = runsOf(() => list.ids.value);
    leave(legId(3));
    expect(drawn()).toBe(2);
    expect(list.selectedPeople().map(({ id }) => id)).toEqual([1, 2, 4, 5].map(legId));
  });

  test('selects all who are shown and no others; what it does is for those who are still here', () => {
    const { list, leave } = open(crowd.slice(0, 30));
    list.toggleTrait('phone');
    list.selectAll();
    expect(list.selected.value.size).toBe(10);
    list.showEverybody();
    leave(ada!.id);
    expect(list.selectedPeople()).toHaveLength(9);
    list.stopSelecting();
    expect(list.selected.value.size).toBe(0);
  });

  test('hands have their place, and the counts are the same object while nothing changes in them', () => {
    const { list, put } = open(crowd.slice(0, 60));
    expect([6, 46, 7].map((n) => list.handPlace(legId(n)))).toEqual([1, 2, 0]);
    const counts = list.counts.value;
    put({ ...grace!, name: 'Grace Murray' });
    expect(list.counts.value).toBe(counts);
    put({ ...grace!, muted: false });
    expect(list.counts.value.muted).toBe(counts.muted - 1);
  });
});
