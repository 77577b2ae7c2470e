import { useEffect } from 'preact/hooks';
import type { Participant } from '../../../protocol/room/room.ts';
import type { Wish } from '../../feed/wish.ts';
import { PersonMute } from '../../room/mute-button.tsx';
import { Volume } from '../../room/volume.tsx';
import { Button } from '../../style/button.tsx';
import { Tick } from '../../style/choice-field.tsx';
import { nowMs } from '../../style/clock.ts';
import { Dialog } from '../../style/dialog.tsx';
import { formatDuration, leftToRight } from '../../style/format.ts';
import { Since } from '../../style/person.tsx';
import { oneDigit, SoundBars } from '../../style/sound-bars.tsx';
import { words } from '../../words/words.ts';
import type { RoomList } from '../room-list.ts';
import type { CrowdProps } from './person-row.tsx';
import { TalkLine } from './talk-line.tsx';

type DrawerProps = CrowdProps & { readonly onRemove: (person: Participant) => void };

/** All that is known of one person, live, and all that can be done about them. */
export function PersonDrawer(props: DrawerProps) {
  const { list } = props;
  const id = list.details.value;
  useEffect(() => {
    if (id !== undefined) void props.desk.accounts.look();
  }, [id]);
  if (id === undefined) return null;
  const person = list.person(id);
  const close = () => (list.details.value = undefined);
  const { room } = words('console');
  return (
    <Dialog title={person?.name ?? room.leftMeanwhile} look="side" onClose={close}>
      {person && <Sheet {...props} person={person} onClose={close} />}
    </Dialog>
  );
}

type SheetProps = DrawerProps & { readonly person: Participant; readonly onClose: () => void };

function Sheet(props: SheetProps) {
  const { desk, meeting, person, onRemove, onClose } = props;
  return (
    <div class="sheet" data-person={person.id}>
      {!desk.watching && (
        <div class="sheet-deeds">
          <PersonMute
            desk={desk}
            room={meeting.id}
            person={person}
            unmuteOthers={meeting.unmuteOthers}
          />
          <Button
            size="small"
            icon="remove"
            label={words('shared').inRoom.removeWhom(person.name)}
            onClick={() => {
              onClose();
              onRemove(person);
            }}
          >
            {words('shared').inRoom.remove}
          </Button>
        </div>
      )}
      <Facts {...props} />
      <Volumes {...props} />
      {!desk.watching && <Toggles {...props} />}
    </div>
  );
}

function Facts({ desk, person, list }: SheetProps) {
  const { facts } = words('console').room;
  const { inRoom } = words('shared');
  const way =
    person.via === 'browser' ? inRoom.browser : leftToRight(person.number) || inRoom.phone;
  return (
    <dl class="sheet-facts">
      <Fact name={facts.via}>{list.isOverPhone(person) ? inRoom.andBrowser(way) : way}</Fact>
      <Fact name={facts.since}>
        <Since ms={person.joinedAtMs} />
      </Fact>
      <Fact name={facts.talked}>
        <Talked list={list} person={person} />
      </Fact>
      <Device {...{ desk, person }} />
      <Sound person={person} />
    </dl>
  );
}

function Fact(props: { readonly name: string; readonly children: preact.ComponentChildren }) {
  return (
    <div class="sheet-fact">
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

/** What it called itself in the call; a phone of the house that we called told it when it registered. */
function Device({ desk, person }: Pick<SheetProps, 'desk' | 'person'>) {
  const { facts } = words('console').room;
  const { codec, via, number } = person;
  const account = desk.accounts.list.value?.find(({ username }) => username === number);
  const registered = via === 'phone' ? account?.registered[0]?.userAgent : undefined;
  const device = person.device ?? registered;
  return (
    <>
      {device !== undefined && device !== '' && (
        <Fact name={facts.device}>
          <bdi>{device}</bdi>
        </Fact>
      )}
      {codec !== undefined && <Fact name={facts.codec}>{codecWords(codec)}</Fact>}
    </>
  );
}

/** `opus/48000` is “opus, 48 kHz”. */
function codecWords(codec: string): string {
  const [name = '', samples] = codec.split('/');
  return `${name}, ${Number(samples) / 1_000} kHz`;
}

/** Ticks: whoever talks goes on talking without a new fact. */
function Talked({ list, person }: { readonly list: RoomList; readonly person: Participant }) {
  const now = nowMs.value;
  return (
    <>
      <span class="number">{formatDuration(list.talks.talkedMs(person.id, now))}</span>
      <TalkLine
        spans={list.talks.spans(person.id, now)}
        nowMs={now}
        label={words('console').room.talkedFor(
          person.name,
          formatDuration(list.talks.talkedMs(person.id, now)),
        )}
      />
    </>
  );
}

function Sound({ person: { quality } }: { readonly person: Participant }) {
  const { facts } = words('console').room;
  const { inRoom } = words('shared');
  if (!quality) return <Fact name={facts.sound}>{facts.notMeasured}</Fact>;
  const { lossPercent, jitterMs, roundTripMs } = quality;
  return (
    <>
      <Fact name={facts.sound}>
        <SoundBars quality={quality} /> {inRoom.mos(oneDigit(quality.mos))}
      </Fact>
      <Fact name={facts.loss}>{oneDigit(lossPercent)} %</Fact>
      <Fact name={facts.jitter}>{Math.round(jitterMs)} ms</Fact>
      {roundTripMs !== undefined && (
        <Fact name={facts.roundTrip}>{Math.round(roundTripMs)} ms</Fact>
      )}
    </>
  );
}

function Volumes({ desk, meeting, person }: SheetProps) {
  const { room } = words('console');
  const both = { desk, room: meeting.id, person, words: room } as const;
  return (
    <div class="sheet-volumes">
      <Volume {...both} direction="in" label={room.volumeIn} />
      <Volume {...both} direction="out" label={room.volumeOut} />
    </div>
  );
}

/** A tick shows what the facts say: it changes when they do. */
function Toggles({ desk, meeting, person }: SheetProps) {
  const { room } = words('console');
  const at = { room: meeting.id, id: person.id } as const;
  const wish = (wanted: Wish) => void desk.wish(wanted);
  return (
    <div class="sheet-toggles">
      <Tick
        label={room.moderates}
        hint={room.moderatesHint}
        on={person.role === 'moderator'}
        onChange={(on) => wish({ kind: 'set-role', ...at, role: on ? 'moderator' : 'participant' })}
      />
      <Tick
        label={room.hold}
        hint={room.holdHint}
        on={person.held}
        onChange={(on) => wish({ kind: 'set-held', ...at, on })}
      />
      <Tick
        label={room.deaf}
        hint={room.deafHint}
        on={person.deaf}
        onChange={(on) => wish({ kind: 'set-deaf', ...at, on })}
      />
    </div>
  );
}
