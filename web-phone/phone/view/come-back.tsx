import { Banner } from '../../style/banner.tsx';
import { Button } from '../../style/button.tsx';
import { words } from '../../words/words.ts';
import type { Softphone } from '../softphone.ts';
import type { PhoneState } from '../state.ts';

/** The call broke: what we know of why, and a button for the impatient. */
export function Returning(props: {
  readonly softphone: Softphone;
  readonly state: PhoneState & { kind: 'returning' };
}) {
  const { softphone, state } = props;
  const say = words('phone').comeBack;
  const now = (
    <Button size="small" waiting={state.grant !== undefined} onClick={() => softphone.retry()}>
      {say.now}
    </Button>
  );
  return (
    <Banner look="warning" title={say.title} actions={state.attempt > 1 ? now : undefined}>
      {whyNotYet(state)}
    </Banner>
  );
}

function whyNotYet({ trouble, attempt }: PhoneState & { kind: 'returning' }): string {
  const say = words('phone').comeBack;
  if (!navigator.onLine) return say.offline;
  if (trouble === undefined || attempt < 2) return say.unheard;
  if (trouble.kind === 'server-unreachable') return say.away;
  return trouble.kind === 'server-busy' ? say.starting : say.trying;
}

/** At the door: a call of ours that a crash or another tab has left. */
export function FormerCallOffer(props: {
  readonly softphone: Softphone;
  readonly state: PhoneState & { kind: 'ready' };
}) {
  const { former } = props.state;
  if (former === undefined) return null;
  const say = words('phone').comeBack;
  const elsewhere = former.kind === 'elsewhere';
  return (
    <Banner
      look="info"
      icon="phone"
      title={elsewhere ? say.elsewhere : say.before}
      actions={
        <Button size="small" look="primary" onClick={() => void props.softphone.resume()}>
          {elsewhere ? say.take : say.back}
        </Button>
      }
    >
      {elsewhere ? say.takeOrJoin(former.name) : say.asBefore(former.name)}
    </Banner>
  );
}
