import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Button } from '../../style/button.tsx';
import { leftToRight } from '../../style/format.ts';
import { words } from '../../words/words.ts';
import { isUp } from '../calls.ts';
import type { LineCall } from '../calls.ts';
import type { Telephone } from '../telephone.ts';
import { Keys } from './keys.tsx';
import { TransferForm } from './transfer.tsx';

interface CardProps {
  readonly telephone: Telephone;
  readonly call: LineCall;
}

/** A card for each call, the newest first: none ever takes another's place. */
export function Calls({ telephone }: { readonly telephone: Telephone }) {
  const calls = telephone.calls.value;
  if (calls.length === 0) return null;
  return (
    <section class="line-calls" aria-label={words('line').call.calls} data-keeps-focus>
      {calls.toReversed().map((call) => (
        <Card key={call.id} telephone={telephone} call={call} />
      ))}
    </section>
  );
}

function Card({ telephone, call }: CardProps) {
  const { state, peer, direction } = call;
  return (
    <article
      class={`card line-call line-call-${state}`}
      aria-label={peer.name}
      data-way={direction}
    >
      <div class="line-call-who">
        <h2>
          <bdi>{peer.name}</bdi>
        </h2>
        <p class="hint">
          {peer.number !== peer.name && `${leftToRight(peer.number)} · `}
          {wordsFor(call)}
          {call.answeredAtMs !== undefined && <Clock sinceMs={call.answeredAtMs} />}
        </p>
      </div>
      <TransferNews call={call} />
      {state === 'incoming' && <Incoming telephone={telephone} call={call} />}
      {isUp(call) && <Up telephone={telephone} call={call} />}
      {(state === 'calling' || state === 'ringing') && (
        <div class="line-buttons line-buttons-cancel">
          <Button look="danger" icon="phone-down" onClick={() => telephone.hangUp(call.id)}>
            {words('line').call.cancel}
          </Button>
        </div>
      )}
      {state === 'ended' && <Ended telephone={telephone} call={call} />}
    </article>
  );
}

function wordsFor({ state, end }: LineCall): string {
  const { call, end: ends } = words('line');
  return state === 'ended' ? ends[end ?? 'failed'] : call[state];
}

function Incoming({ telephone, call }: CardProps) {
  const say = words('line').call;
  const isTalking = telephone.calls.value.some(({ state }) => state === 'talking');
  return (
    <div class="line-buttons line-buttons-asking">
      <Button
        look="primary"
        size="large"
        icon="phone"
        onClick={() => void telephone.answer(call.id)}
      >
        {isTalking ? say.holdAndAnswer : say.answer}
      </Button>
      <Button
        look="danger"
        size="large"
        icon="phone-down"
        onClick={() => telephone.decline(call.id)}
      >
        {say.decline}
      </Button>
    </div>
  );
}

/** What one does with a call that is up. */
function Up({ telephone, call }: CardProps) {
  const panel = useSignal<'keys' | 'transfer' | undefined>(undefined);
  const say = words('line').call;
  const held = call.state === 'held';
  const toggle = (name: 'keys' | 'transfer') => () =>
    (panel.value = panel.value === name ? undefined : name);
  return (
    <>
      <div class="line-buttons line-buttons-up">
        <Button
          icon={call.muted ? 'microphone-off' : 'microphone'}
          pressed={call.muted}
          onClick={() => telephone.mute(call.id, !call.muted)}
        >
          {call.muted ? say.unmute : say.mute}
        </Button>
        <Button
          icon={held ? 'resume' : 'pause'}
          pressed={held}
          onClick={() => void telephone.hold(call.id, !held)}
        >
          {held ? say.resume : say.hold}
        </Button>
        <Button icon="keypad" expanded={panel.value === 'keys'} onClick={toggle('keys')}>
          {say.keypad}
        </Button>
        <Join telephone={telephone} call={call} />
        <Button icon="out" expanded={panel.value === 'transfer'} onClick={toggle('transfer')}>
          {say.transfer}
        </Button>
        <Button look="danger" icon="phone-down" onClick={() => telephone.hangUp(call.id)}>
          {say.hangUp}
        </Button>
      </div>
      {panel.value === 'keys' && <Pressed onPress={(key) => telephone.press(call.id, key)} />}
      {panel.value === 'transfer' && (
        <TransferForm telephone={telephone} call={call} onDone={() => (panel.value = undefined)} />
      )}
    </>
  );
}

/** Where there are two calls, who is spoken to now can be brought together with who waits. */
function Join({ telephone, call }: CardProps) {
  const say = words('line').call;
  const others = telephone.calls.value.filter((each) => each.state === 'held');
  if (call.state !== 'talking') return null;
  return (
    <>
      {others.map((other) => (
        <Button key={other.id} icon="merge" onClick={() => telephone.connect(call.id, other.id)}>
          {say.join(other.peer.name)}
        </Button>
      ))}
    </>
  );
}

function Pressed({ onPress }: { readonly onPress: (key: string) => void }) {
  const pressed = useSignal('');
  const press = (key: string) => {
    pressed.value = (pressed.value + key).slice(-16);
    onPress(key);
  };
  return (
    <div
      class="line-keys-open"
      onKeyDown={(event) => {
        if (/^[0-9*#]$/.test(event.key)) press(event.key);
      }}
    >
      <output class="keypad-shown" aria-label={words('line').call.keysPressed}>
        {pressed.value || ' '}
      </output>
      <Keys onPress={press} />
    </div>
  );
}

function TransferNews({ call: { transfer } }: { readonly call: LineCall }) {
  if (transfer === undefined) return null;
  const { transfer: say, end } = words('line');
  return (
    <p class="line-transfer" role="status">
      {transfer.kind === 'failed'
        ? say.failed(transfer.to, end[transfer.why])
        : say.onItsWay(transfer.to)}
    </p>
  );
}

function Ended({ telephone, call }: CardProps) {
  const { dial, call: say } = words('line');
  return (
    <div class="line-buttons">
      <Button icon="phone" onClick={() => void telephone.call(call.peer.number)}>
        {dial.again}
      </Button>
      <Button look="quiet" onClick={() => telephone.dismiss(call.id)}>
        {say.dismiss}
      </Button>
    </div>
  );
}

/** How long it has been going on. */
function Clock({ sinceMs }: { readonly sinceMs: number }) {
  const now = useSignal(Date.now());
  useEffect(() => {
    const timer = setInterval(() => (now.value = Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.floor((now.value - sinceMs) / 1_000));
  const minutes = Math.floor(seconds / 60);
  return (
    <span class="line-clock">
      {' · '}
      {minutes}:{String(seconds % 60).padStart(2, '0')}
    </span>
  );
}
