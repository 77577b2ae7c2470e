import { useSignal } from '@preact/signals';
import { EVENT_TYPES, ON_REQUEST } from '../../../protocol/http/webhooks.ts';
import type { EventType } from '../../../protocol/http/webhooks.ts';
import { Banner } from '../../style/banner.tsx';
import { Button } from '../../style/button.tsx';
import { Tick } from '../../style/choice-field.tsx';
import { Copy } from '../../style/copy.tsx';
import { Dialog } from '../../style/dialog.tsx';
import { ShownProblem } from '../../style/shown-problem.tsx';
import { TextField } from '../../style/text-field.tsx';
import { words } from '../../words/words.ts';
import type { DeskProps } from './page.tsx';
import { useSending } from './use-sending.ts';

type AddProps = DeskProps & { readonly onClose: () => void };

/** Asks for an address and events, then shows the secret once. */
export function AddWebhook({ desk, onClose }: AddProps) {
  const secret = useSignal<string | undefined>(undefined);
  if (secret.value !== undefined) return <Secret secret={secret.value} onClose={onClose} />;
  return <Form desk={desk} onClose={onClose} onMade={(made) => (secret.value = made)} />;
}

/** What the receiver needs to know us; nobody sees it again. */
export function Secret(props: { readonly secret: string; readonly onClose: () => void }) {
  const say = words('console').webhooks;
  return (
    <Dialog title={say.secretTitle} onClose={props.onClose}>
      <Banner look="info">{say.secretAbout}</Banner>
      <p class="secret-line">
        <code>{props.secret}</code> <Copy text={props.secret} what={say.secret} words={say.copy} />
      </p>
      <div class="dialog-actions">
        <Button look="primary" onClick={props.onClose}>
          {say.done}
        </Button>
      </div>
    </Dialog>
  );
}

function Form({ desk, onClose, onMade }: AddProps & { readonly onMade: (secret: string) => void }) {
  const say = words('console').webhooks;
  const url = useSignal('');
  const chosen = useSignal<ReadonlySet<EventType> | undefined>(undefined);
  const { problem, waiting, wrongIn, send } = useSending();
  const create = () => {
    const events = chosen.value && { events: [...chosen.value] };
    return send(
      () => desk.webhooks.create({ url: url.value.trim(), ...events }),
      (made) => onMade(made.secret ?? ''),
    );
  };
  const isComplete = url.value.trim() !== '' && chosen.value?.size !== 0;
  return (
    <Dialog title={say.add} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (isComplete) void create();
        }}
      >
        {problem?.field !== 'url' && <ShownProblem look="danger" problem={problem} />}
        <TextField
          label={say.address}
          autoFocus
          placeholder="https://example.org/partyline"
          maxLength={2_000}
          hint={say.addressHint}
          wrong={wrongIn('url')}
          value={url.value}
          onInput={(value) => (url.value = value)}
        />
        <Tick
          label={say.all}
          hint={say.allHint}
          on={chosen.value === undefined}
          onChange={(all) => (chosen.value = all ? undefined : new Set())}
        />
        {chosen.value && <Events chosen={chosen.value} onChange={(to) => (chosen.value = to)} />}
        <div class="dialog-actions">
          <Button onClick={onClose}>{words('shared').controls.cancel}</Button>
          <Button look="primary" submit waiting={waiting} disabled={!isComplete}>
            {say.addVerb}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Events(props: {
  readonly chosen: ReadonlySet<EventType>;
  readonly onChange: (chosen: ReadonlySet<EventType>) => void;
}) {
  const { chosen, onChange } = props;
  const say = words('console').webhooks;
  const change = (type: EventType, on: boolean) =>
    onChange(new Set(EVENT_TYPES.filter((each) => (each === type ? on : chosen.has(each)))));
  return (
    <fieldset class="event-choice">
      <legend class="soft">{say.eventsLegend}</legend>
      {EVENT_TYPES.map((type) => (
        <Tick
          key={type}
          label={type}
          {...(ON_REQUEST.has(type) && { hint: say.many })}
          on={chosen.has(type)}
          onChange={(on) => change(type, on)}
        />
      ))}
    </fieldset>
  );
}
