import { useSignal } from '@preact/signals';
import type { Answer } from '../../../protocol/http/ask.ts';
import type { SystemNode, SystemView } from '../../../protocol/http/system.ts';
import { Button } from '../../style/button.tsx';
import { Dialog } from '../../style/dialog.tsx';
import { spokenTime } from '../../style/local-time.ts';
import { problemWords } from '../../words/problem-words.ts';
import { words } from '../../words/words.ts';
import { runsHouse } from '../places.ts';
import type { SystemLook } from '../system-look.ts';
import type { DeskProps } from './page.tsx';
import { Facts } from './system-facts.tsx';

interface NodesProps extends DeskProps {
  readonly look: SystemLook;
  readonly view: SystemView;
}

/** The FreeSWITCHes, a card each, and the way to empty one. */
export function SystemNodes({ desk, look, view }: NodesProps) {
  const emptying = useSignal<string | undefined>(undefined);
  const say = words('console').system;
  const runs = runsHouse(desk.session.who);
  const tell = async (answer: Promise<Answer<unknown>>) => {
    const told = await answer;
    if (!told.ok) desk.notices.warn(problemWords(told.problem, words('shared').problems));
  };
  return (
    <section>
      <h2>{say.nodes}</h2>
      <div class="system-parts">
        {view.nodes.map((node) => (
          <NodeCard
            key={node.id}
            node={node}
            driver={driverOf(view, node.id)}
            // Nobody could take the rooms of the only one.
            onDrain={runs && view.nodes.length > 1 ? () => (emptying.value = node.id) : undefined}
            onUndrain={runs ? () => void tell(look.undrain(node.id)) : undefined}
          />
        ))}
      </div>
      {emptying.value !== undefined && (
        <Empty
          id={emptying.value}
          onDrain={(move) => void tell(look.drain(emptying.value ?? '', move))}
          onClose={() => (emptying.value = undefined)}
        />
      )}
    </section>
  );
}

/** The process that drives it, where there are several. */
function driverOf({ processes = [] }: SystemView, id: string): string | undefined {
  const found = processes.find(({ drives }) => drives.includes(id));
  if (found === undefined) return undefined;
  const short = found.id.slice(0, 8);
  return found.isThis ? `${short} (${words('console').system.thisOne})` : short;
}

interface CardProps {
  readonly node: SystemNode;
  readonly driver: string | undefined;
  readonly onDrain: (() => void) | undefined;
  readonly onUndrain: (() => void) | undefined;
}

function NodeCard({ node, driver, onDrain, onUndrain }: CardProps) {
  const say = words('console').system;
  const { id, state, draining, people, rooms, sessions, maxSessions, idleCpu } = node;
  return (
    <article class="system-part" aria-label={id}>
      <header>
        <strong>
          <bdi class="number">{id}</bdi>{' '}
          {node.embedded && <span class="badge">{say.embedded}</span>}
        </strong>
        <span class={`mark-${markOf(node)}`}>{draining ? say.node.draining : say.node[state]}</span>
      </header>
      <Facts
        facts={[
          [say.load, say.carries(people, rooms)],
          [
            say.sessions,
            sessions === undefined ? undefined : `${sessions} / ${maxSessions ?? '?'}`,
          ],
          [say.idle, idleCpu === undefined ? undefined : `${Math.round(idleCpu)} %`],
          [say.version, node.version],
          [say.up, node.upSince && spokenTime(node.upSince)],
          [say.seen, node.seenAt && spokenTime(node.seenAt)],
          [say.drivenBy, driver],
        ]}
      />
      {draining && onUndrain && (
        <Button size="small" label={say.undrainOf(id)} onClick={onUndrain}>
          {say.undrain}
        </Button>
      )}
      {!draining && onDrain && (
        <Button size="small" label={say.drainOf(id)} onClick={onDrain}>
          {say.drain}
        </Button>
      )}
    </article>
  );
}

function markOf({ state, draining, refusesCalls }: SystemNode): 'ok' | 'warning' | 'fault' {
  if (state === 'dead' || refusesCalls) return 'fault';
  return state === 'up' && !draining ? 'ok' : 'warning';
}

interface EmptyProps {
  readonly id: string;
  readonly onDrain: (move: boolean) => void;
  readonly onClose: () => void;
}

/** Asks first, and how. */
function Empty({ id, onDrain, onClose }: EmptyProps) {
  const say = words('console').system;
  const choose = (move: boolean) => () => {
    onDrain(move);
    onClose();
  };
  return (
    <Dialog title={say.drainTitle(id)} onClose={onClose}>
      <p>{say.drainAbout}</p>
      <div class="dialog-actions">
        <Button onClick={onClose}>{words('shared').controls.cancel}</Button>
        <Button onClick={choose(false)}>{say.drainWait}</Button>
        <Button look="danger" onClick={choose(true)}>
          {say.drainMove}
        </Button>
      </div>
    </Dialog>
  );
}
