import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { Button } from '../../style/button.tsx';
import { Confirm } from '../../style/dialog.tsx';
import { Menu } from '../../style/menu.tsx';
import { words } from '../../words/words.ts';
import type { BulkAct } from '../bulk.ts';
import { BulkDesk } from '../bulk-desk.ts';
import type { CrowdProps } from './person-row.tsx';

/** What is done to those who are selected. */
export function BulkBar(crowd: CrowdProps) {
  const { desk, list, meeting } = crowd;
  const bulk = useMemo(() => new BulkDesk(desk), [desk]);
  const asking = useSignal(false);
  const progress = bulk.progress.value;
  const { room } = words('console');
  const count = list.selected.value.size;
  const act = (wanted: BulkAct) => void bulk.act(meeting, wanted, list.selectedPeople());
  if (!list.selecting.value) return null;
  return (
    <div class="bulk" role="toolbar" aria-label={room.bulk}>
      <span class="bulk-words" role="status">
        {progress ? room.progress(progress.answered, progress.of) : room.selected(count)}
      </span>
      <All {...crowd} />
      <span class="bulk-deeds">
        <Deeds {...crowd} act={act} idle={count === 0} busy={progress?.kind} />
        <Button
          size="small"
          look="danger"
          disabled={count === 0}
          waiting={progress?.kind === 'remove'}
          onClick={() => (asking.value = true)}
        >
          {words('shared').inRoom.remove}
        </Button>
      </span>
      {asking.value && (
        <Confirm
          title={room.removeMany(count)}
          verb={words('shared').inRoom.remove}
          onYes={() => act({ kind: 'remove' })}
          onClose={() => (asking.value = false)}
        >
          {room.removeManyAbout}
        </Confirm>
      )}
    </div>
  );
}

function All({ list }: CrowdProps) {
  const ids = list.ids.value;
  const { room } = words('console');
  return (
    <Button size="small" look="quiet" onClick={() => list.selectAll()}>
      {room.selectAll(ids.length)}
    </Button>
  );
}

type DeedsProps = CrowdProps & {
  readonly act: (act: BulkAct) => void;
  readonly idle: boolean;
  readonly busy: BulkAct['kind'] | undefined;
};

function Deeds({ desk, meeting, act, idle, busy }: DeedsProps) {
  const { inRoom } = words('shared');
  const { room } = words('console');
  const places = desk.feed.value.breakouts.get(meeting.id)?.rooms ?? [];
  return (
    <>
      <Button
        size="small"
        icon="microphone-off"
        disabled={idle}
        waiting={busy === 'mute'}
        onClick={() => act({ kind: 'mute' })}
      >
        {inRoom.mute}
      </Button>
      <Button
        size="small"
        icon="microphone"
        disabled={idle}
        waiting={busy === 'unmute'}
        onClick={() => act({ kind: 'unmute' })}
      >
        {inRoom.unmute}
      </Button>
      {places.length > 0 && (
        <Menu
          label={room.move}
          icon="door"
          waiting={busy === 'move'}
          items={() =>
            places.map(({ id, name }) => ({
              words: room.moveTo(name),
              disabled: idle,
              onChoose: () => act({ kind: 'move', to: id }),
            }))
          }
        >
          {room.move}
        </Menu>
      )}
    </>
  );
}
