import { useSignal } from '@preact/signals';
import { canChooseSpeaker } from '../../phone/speaker.ts';
import { recall, remember } from '../../phone/memory.ts';
import { Button } from '../../style/button.tsx';
import { Choice } from '../../style/choice-field.tsx';
import { words } from '../../words/words.ts';
import { notifyPermission } from '../call-notifications.ts';
import { keepRinger, recallRinger } from '../ring-memory.ts';
import type { Telephone } from '../telephone.ts';

/** Microphone, speaker, where it rings, and whether calls show while one looks elsewhere. */
export function Sound({ telephone }: { readonly telephone: Telephone }) {
  const say = words('line').sound;
  const { microphone } = telephone;
  const { microphones, speakers } = microphone.devices.value;
  const state = microphone.state.value;
  const speaker = useSignal(recall().speaker);
  const ringer = useSignal(recallRinger());
  const named = (devices: typeof speakers) =>
    devices.map(({ id, label }, n) => [id, label || say.device(n + 1)] as const);
  const outputs = [['', say.usual] as const, ...named(speakers)];
  return (
    <details class="card line-card">
      <summary>{say.title}</summary>
      <div class="stack">
        {microphones.length > 0 && (
          <Choice
            label={say.microphone}
            value={state.kind === 'on' ? state.deviceId : ''}
            options={named(microphones)}
            onChange={(id) => void microphone.choose(id)}
          />
        )}
        {canChooseSpeaker() && (
          <>
            <Choice
              label={say.speaker}
              value={speaker.value}
              options={outputs}
              onChange={(id) => {
                speaker.value = id;
                remember({ speaker: id });
                void telephone.useSpeaker(id);
              }}
            />
            <Choice
              label={say.ringer}
              value={ringer.value}
              options={outputs}
              onChange={(id) => {
                ringer.value = id;
                keepRinger(id);
              }}
            />
          </>
        )}
        <Button icon="sound" onClick={() => telephone.testRing()}>
          {say.testRing}
        </Button>
        <Notify />
      </div>
    </details>
  );
}

/** The browser's question is only asked by this button: one that comes by itself is refused for ever. */
function Notify() {
  const permission = useSignal(notifyPermission());
  const say = words('line').sound;
  if (permission.value === 'absent') return null;
  if (permission.value === 'granted') return <p class="hint">{say.notifyOn}</p>;
  if (permission.value === 'denied') return <p class="hint">{say.notifyOff}</p>;
  const ask = async () => {
    permission.value = await Notification.requestPermission();
  };
  return <Button onClick={() => void ask()}>{say.notify}</Button>;
}
