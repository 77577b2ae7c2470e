import { Banner } from '../../style/banner.tsx';
import { Button } from '../../style/button.tsx';
import { words } from '../../words/words.ts';
import type { Softphone } from '../softphone.ts';
import type { PhoneState } from '../state.ts';
import { troubleWords } from './trouble-words.ts';

export interface JoinButtonsProps {
  readonly softphone: Softphone;
  readonly state: PhoneState & { kind: 'ready' | 'joining' };
  /** Something else is more likely wanted: to go back into one's call. */
  readonly second: boolean;
  readonly named: boolean;
  readonly onListen: () => void;
}

/** In by voice, or to listen where no microphone can be had. On a mobile phone the first stays in sight. */
export function JoinButtons(props: JoinButtonsProps) {
  const { softphone, state, named } = props;
  const joining = state.kind === 'joining';
  const microphone = softphone.microphone.state.value;
  const say = words('phone').door;
  const lacks = microphone.kind === 'trouble' ? microphone.trouble.kind : undefined;
  if (lacks === 'browser-too-old') return null;
  if (lacks === 'insecure-page' && !joining)
    return (
      <div class="door-buttons">
        <div class="door-join">
          <WhyNot state={state} />
          <Button look="primary" size="large" disabled={!named} onClick={props.onListen}>
            {say.joinToListen}
          </Button>
        </div>
      </div>
    );
  return (
    <div class="door-buttons">
      <div class="door-join">
        <WhyNot state={state} />
        <Button
          look={props.second ? 'plain' : 'primary'}
          size="large"
          submit
          waiting={joining}
          disabled={!named && !joining}
        >
          {joining ? say.connecting : say.join}
        </Button>
      </div>
      {joining && <Button onClick={() => softphone.leave()}>{say.cancel}</Button>}
      {!joining && lacks !== undefined && (
        <Button disabled={!named} onClick={props.onListen}>
          {say.joinToListen}
        </Button>
      )}
    </div>
  );
}

/** At the button that was pressed: there it pushes least, and is seen. */
function WhyNot({ state }: Pick<JoinButtonsProps, 'state'>) {
  if (state.kind !== 'ready' || !state.trouble) return null;
  const { title, advice } = troubleWords(state.trouble);
  return (
    <Banner look="danger" title={title}>
      {advice}
    </Banner>
  );
}
