import { useSignal } from '@preact/signals';
import type { OutboundCall } from '../../../protocol/room/outbound-call.ts';
import type { Wish } from '../../feed/wish.ts';
import { callWords } from '../../room/call-words.ts';
import { Banner } from '../../style/banner.tsx';
import { Button } from '../../style/button.tsx';
import { leftToRight } from '../../style/format.ts';
import { problemWords } from '../../words/problem-words.ts';
import { words } from '../../words/words.ts';
import { TextField } from '../../style/text-field.tsx';
import { myPhone } from '../my-phone.ts';
import type { CallView } from './in-call.tsx';

/** The meeting calls one's own phone, which then speaks and hears in the browser's place. */
export function CallMe(view: CallView) {
  const { state, room, standing } = view;
  if (!mayCall(view) || !state.grant || standing.kind !== 'inside') return null;
  const phone = myPhone(room, state.grant.personId);
  const say = words('phone').byPhone.callMe;
  return (
    <section class="call-me" aria-label={say.title}>
      <h3>{say.title}</h3>
      {standing.carried ? (
        <p class="soft">{say.carried}</p>
      ) : phone.kind === 'up' ? (
        <Going view={view} call={phone.call} />
      ) : (
        <NumberForm view={view} last={phone.kind === 'over' ? phone.call : undefined} />
      )}
    </section>
  );
}

function mayCall({ state }: CallView): boolean {
  return state.ticket.meeting.callMe || state.grant?.role === 'moderator';
}

function Going({ view, call }: { readonly view: CallView; readonly call: OutboundCall }) {
  const { attendance } = view.softphone;
  const { id: room } = view.state.ticket.meeting;
  const say = words('phone').byPhone.callMe;
  const cancel: Wish = { kind: 'cancel-call', room, id: call.id };
  return (
    <div class="call-me-live" role="status">
      <p>
        <strong>{callWords(call)}</strong>{' '}
        <span class="soft">{call.state === 'asked' ? say.pressOne : leftToRight(call.number)}</span>
      </p>
      <Button
        size="small"
        waiting={attendance.waits(cancel)}
        onClick={() => void attendance.wish(cancel)}
      >
        {say.cancel}
      </Button>
    </div>
  );
}

function NumberForm(props: { readonly view: CallView; readonly last: OutboundCall | undefined }) {
  const { attendance } = props.view.softphone;
  const whom = useSignal('');
  const wrong = useSignal<string | undefined>(undefined);
  const busy = useSignal(false);
  const call = async () => {
    if (busy.value || whom.value.trim() === '') return;
    busy.value = true;
    const answer = await attendance.callMyPhone(whom.value);
    busy.value = false;
    wrong.value =
      answer && !answer.ok ? problemWords(answer.problem, words('shared').problems) : undefined;
  };
  const { last } = props;
  const say = words('phone').byPhone.callMe;
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void call();
      }}
    >
      {last && last.end !== 'left' && <Banner look="warning">{callWords(last)}.</Banner>}
      <TextField
        label={say.number}
        type="tel"
        placeholder="+49 30 901234"
        hint={say.numberHint}
        wrong={wrong.value}
        value={whom.value}
        onInput={(value) => (whom.value = value)}
      />
      <Button look="primary" icon="phone" submit waiting={busy.value}>
        {say.call}
      </Button>
    </form>
  );
}
