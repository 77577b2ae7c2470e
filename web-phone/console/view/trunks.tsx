import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { TrunkView } from '../../../protocol/http/views.ts';
import { Button } from '../../style/button.tsx';
import { Confirm } from '../../style/dialog.tsx';
import { ShownProblem } from '../../style/shown-problem.tsx';
import { problemWords } from '../../words/problem-words.ts';
import { words } from '../../words/words.ts';
import { runsHouse } from '../places.ts';
import { EditTrunk } from './edit-trunk.tsx';
import type { DeskProps } from './page.tsx';
import { PlaceHead } from './place-head.tsx';
import { TrunkRow } from './trunk-row.tsx';

type Open =
  | { readonly kind: 'edit'; readonly trunk: TrunkView | undefined }
  | { readonly kind: 'delete'; readonly trunk: TrunkView };

/** Lines to the telephone network: which there are, whether they stand, and where their numbers lead. */
export function Trunks({ desk }: DeskProps) {
  const open = useSignal<Open | undefined>(undefined);
  useEffect(() => desk.trunks.watch(), [desk]);
  const list = desk.trunks.list.value;
  const runs = runsHouse(desk.session.who);
  const add = () => (open.value = { kind: 'edit', trunk: undefined });
  const say = words('console').trunks;
  return (
    <main class="place" aria-busy={list === undefined}>
      <PlaceHead heading={say.heading} add={runs ? { words: say.add, onClick: add } : undefined} />
      <ShownProblem problem={desk.trunks.problem.value} onRetry={() => void desk.trunks.look()} />
      {list?.length === 0 && <NoTrunks onAdd={runs ? add : undefined} />}
      {list && list.length > 0 && (
        <>
          <ul class="rows">
            {list.map((trunk) => (
              <TrunkRow
                key={trunk.name}
                trunk={trunk}
                verbs={
                  runs
                    ? {
                        edit: () => (open.value = { kind: 'edit', trunk }),
                        remove: () => (open.value = { kind: 'delete', trunk }),
                      }
                    : undefined
                }
              />
            ))}
          </ul>
          {list.some(({ numbers }) => numbers.length > 0) && <p class="hint">{say.numbersNote}</p>}
        </>
      )}
      <Opened desk={desk} open={open.value} onClose={() => (open.value = undefined)} />
    </main>
  );
}

type OpenedProps = DeskProps & {
  readonly open: Open | undefined;
  readonly onClose: () => void;
};

function Opened({ desk, open, onClose }: OpenedProps) {
  const say = words('console').trunks;
  if (open === undefined) return null;
  if (open.kind === 'edit') return <EditTrunk desk={desk} trunk={open.trunk} onClose={onClose} />;
  return (
    <Confirm
      title={say.deleteTitle(open.trunk.name)}
      verb={say.deleteVerb}
      onYes={() => void remove(desk, open.trunk.name)}
      onClose={onClose}
    >
      {say.deleteAbout}
    </Confirm>
  );
}

async function remove(desk: DeskProps['desk'], name: string): Promise<void> {
  const answer = await desk.trunks.remove(name);
  if (!answer.ok) desk.notices.warn(problemWords(answer.problem, words('shared').problems));
}

function NoTrunks({ onAdd }: { readonly onAdd: (() => void) | undefined }) {
  const say = words('console').trunks;
  return (
    <div class="empty">
      <h2>{say.noneTitle}</h2>
      <p>{say.none}</p>
      {onAdd && (
        <Button look="primary" icon="plus" onClick={onAdd}>
          {say.addFirst}
        </Button>
      )}
    </div>
  );
}
