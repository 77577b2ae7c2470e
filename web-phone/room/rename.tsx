import { useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Participant, RoomId } from '../../protocol/room/room.ts';
import type { RoomDesk } from '../feed/desk.ts';
import type { Wish } from '../feed/wish.ts';
import { Button } from '../style/button.tsx';
import { words } from '../words/words.ts';
import { Person } from '../style/person.tsx';
import type { PersonProps } from '../style/person.tsx';

export interface RenamableProps extends Omit<PersonProps, 'naming' | 'beside'> {
  readonly desk: RoomDesk;
  readonly room: RoomId;
  /** Whether the name is being changed, where something else than the pencil begins it too. */
  readonly renaming?: Signal<boolean>;
}

/** A row whose name can be changed in its place: Enter keeps it, Escape does not. */
export function Renamable({ desk, room, renaming, ...row }: RenamableProps) {
  const ownNaming = useSignal(false);
  const naming = renaming ?? ownNaming;
  const pencil = useRef<HTMLSpanElement>(null);
  const { person } = row;
  const { inRoom } = words('shared');
  const rename = (name: string): Wish => ({ kind: 'rename', room, id: person.id, name });
  const done = (name: string | undefined) => {
    naming.value = false;
    if (name !== undefined) void desk.wish(rename(name));
    // Whoever came by the keyboard goes on from where they were.
    requestAnimationFrame(() => {
      if (!naming.value) pencil.current?.querySelector('button')?.focus();
    });
  };
  return (
    <Person
      {...row}
      naming={naming.value ? <NameField person={person} onDone={done} /> : undefined}
      beside={
        <span class="pencil" ref={pencil}>
          <Button
            size="small"
            look="quiet"
            icon="pencil"
            label={row.own ? inRoom.changeYourName : inRoom.rename(person.name)}
            waiting={desk.waits(rename(''))}
            onClick={() => (naming.value = true)}
          />
        </span>
      }
    />
  );
}

const LONGEST_NAME = 64;

function NameField(props: {
  readonly person: Participant;
  /** With the new name, or without one where it stays. */
  readonly onDone: (name: string | undefined) => void;
}) {
  const { person, onDone } = props;
  const { inRoom } = words('shared');
  const name = useSignal(person.unnamed ? '' : person.name);
  const field = useRef<HTMLInputElement>(null);
  // Before the next key comes: a fast writer's first letter would be lost.
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const given = () => {
    const trimmed = name.value.trim();
    return trimmed === '' || trimmed === person.name ? undefined : trimmed;
  };
  return (
    <form
      class="naming"
      onSubmit={(event) => {
        event.preventDefault();
        onDone(given());
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onDone(undefined);
      }}
    >
      <input
        ref={field}
        class="input input-small"
        aria-label={inRoom.newName(person.name)}
        placeholder={inRoom.name}
        autocomplete="off"
        maxLength={LONGEST_NAME}
        value={name.value}
        onInput={(event) => (name.value = event.currentTarget.value)}
      />
      <Button size="small" look="primary" icon="check" label={inRoom.keepName} submit />
      <Button
        size="small"
        look="quiet"
        icon="close"
        label={inRoom.leaveName}
        onClick={() => onDone(undefined)}
      />
    </form>
  );
}
