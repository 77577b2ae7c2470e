import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { TrunkView } from '../../../protocol/http/views.ts';
import { Banner } from '../../style/banner.tsx';
import { Button } from '../../style/button.tsx';
import { Confirm } from '../../style/dialog.tsx';
import { Icon } from '../../style/icon.tsx';
import { runsHouse } from '../places.ts';
import { trunkLamp } from '../trunk-lamp.ts';
import { EditTrunk } from './edit-trunk.tsx';
import type { DeskProps } from './page.tsx';

type Open =
  | { readonly kind: 'edit'; readonly trunk: TrunkView | undefined }
  | { readonly kind: 'delete'; readonly trunk: TrunkView };

/** Lines to the telephone network: which there are, whether they stand, and their numbers. */
export function Trunks({ desk }: DeskProps) {
  const open = useSignal<Open | undefined>(undefined);
  useEffect(() => desk.trunks.watch(), [desk]);
  const list = desk.trunks.list.value;
  const problem = desk.trunks.problem.value;
  const runs = runsHouse(desk.session.who);
  const add = () => (open.value = { kind: 'edit', trunk: undefined });
  return (
    <main class="place">
      <header class="section-head">
        <h1>Trunks</h1>
        {runs && (
          <Button look="primary" icon="plus" onClick={add}>
            Add a trunk
          </Button>
        )}
      </header>
      {problem && <Banner look="warning">{problem.detail}</Banner>}
      {list?.length === 0 && <NoTrunks onAdd={runs ? add : undefined} />}
      {list && list.length > 0 && (
        <ul class="rows">
          {list.map((trunk) => (
            <TrunkRow
              key={trunk.name}
              trunk={trunk}
              onOpen={runs ? (opened) => (open.value = opened) : undefined}
            />
          ))}
        </ul>
      )}
      <Opened desk={desk} open={open.value} onClose={() => (open.value = undefined)} />
    </main>
  );
}

function Opened({
  desk,
  open,
  onClose,
}: DeskProps & { readonly open: Open | undefined; readonly onClose: () => void }) {
  if (open === undefined) return null;
  if (open.kind === 'edit') return <EditTrunk desk={desk} trunk={open.trunk} onClose={onClose} />;
  return (
    <Confirm
      title={`Delete the trunk “${open.trunk.name}”?`}
      verb="Delete"
      onYes={() => void remove(desk, open.trunk.name)}
      onClose={onClose}
    >
      No call comes or goes by it any more. Calls that are up go on.
    </Confirm>
  );
}

async function remove(desk: DeskProps['desk'], name: string): Promise<void> {
  const answer = await desk.trunks.remove(name);
  if (!answer.ok) desk.notices.warn(answer.problem.detail);
}

function TrunkRow(props: {
  readonly trunk: TrunkView;
  readonly onOpen: ((open: Open) => void) | undefined;
}) {
  const { trunk, onOpen } = props;
  const lamp = trunkLamp(trunk);
  return (
    <li class="row-card">
      <span class={`lamp${lamp.on ? ' lamp-on' : ''}`} aria-hidden="true">
        <Icon name="link" />
      </span>
      <span class="row-words">
        <span class="person-name">
          <bdi>{trunk.name}</bdi>
          {trunk.outbound && <span class="badge">calls out</span>}
        </span>
        <span class="soft">
          {lamp.words} · {trunk.server}, {trunk.transport.toUpperCase()}
        </span>
        {lamp.trouble !== undefined && <span class="row-trouble">{lamp.trouble}</span>}
        {trunk.numbers.map(({ number, label, language }) => (
          <span key={number} class="soft">
            <span class="number">{number}</span> {label !== number && `${label} `}
            <span class="badge">{language}</span>
          </span>
        ))}
      </span>
      {onOpen && (
        <span class="row-actions">
          <Button
            look="quiet"
            icon="pencil"
            label={`Change ${trunk.name}`}
            onClick={() => onOpen({ kind: 'edit', trunk })}
          />
          <Button
            look="quiet"
            icon="trash"
            label={`Delete ${trunk.name}`}
            onClick={() => onOpen({ kind: 'delete', trunk })}
          />
        </span>
      )}
    </li>
  );
}

function NoTrunks({ onAdd }: { readonly onAdd: (() => void) | undefined }) {
  return (
    <div class="empty">
      <h2>No trunks yet</h2>
      <p>
        A trunk is a line to the telephone network: people dial in by its numbers, and meetings call
        out by it. Your provider tells you its server, and a user name with a password or the
        addresses from which its calls come.
      </p>
      {onAdd && (
        <Button look="primary" icon="plus" onClick={onAdd}>
          Add the first one
        </Button>
      )}
    </div>
  );
}
