import { Button } from '../../style/button.tsx';
import { words } from '../../words/words.ts';
import type { EchoDoor } from '../echo-door.ts';
import type { Microphone } from '../microphone.ts';

export interface EchoOfferProps {
  readonly echo: EchoDoor;
  readonly microphone: Microphone;
  readonly name: string;
}

/** "Hear yourself", and what comes of it. */
export function EchoOffer({ echo, microphone, name }: EchoOfferProps) {
  const say = words('phone').echoTest;
  const start = () => void echo.start(name.trim() || say.title);
  const { test, Panel } = echo.here.value ?? {};
  if (test && Panel && test.state.value.kind !== 'idle')
    return <Panel test={test} microphone={microphone} onStart={start} />;
  return (
    <div class="echo-offer">
      <Button
        icon="sound"
        disabled={microphone.state.value.kind !== 'on'}
        waiting={echo.opening.value}
        onClick={start}
      >
        {say.start}
      </Button>
      <p class="hint">{say.about}</p>
    </div>
  );
}
