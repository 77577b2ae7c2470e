import { useSignal } from '@preact/signals';
import type { RecordingView } from '../../../protocol/http/recordings.ts';
import { request } from '../../feed/request.ts';
import { Button } from '../../style/button.tsx';
import { problemWords } from '../../words/problem-words.ts';
import { words } from '../../words/words.ts';
import { save, soundAddress, soundFault, soundToHear } from '../recordings.ts';
import type { SoundFault } from '../recordings.ts';

interface SoundProps {
  readonly recording: RecordingView;
  readonly label: string;
  /** Looks at the list again. */
  readonly onReload: () => void;
}

/** Plays a recording; where that fails, says why and what helps in its place. */
export function RecordingSound({ recording, label, onReload }: SoundProps) {
  const fault = useSignal<SoundFault | undefined>(undefined);
  const failed = async (code: number | undefined) => {
    const path = `/recordings/${encodeURIComponent(recording.id)}`;
    fault.value = soundFault(code, await request<RecordingView>({ method: 'GET', path }));
  };
  if (fault.value) {
    const again = () => (fault.value = undefined);
    return <Fault fault={fault.value} recording={recording} verbs={{ again, reload: onReload }} />;
  }
  return (
    <audio
      class="recording-sound"
      controls
      autoplay
      src={soundToHear(recording)}
      aria-label={label}
      onError={({ currentTarget }) => void failed(currentTarget.error?.code)}
    />
  );
}

interface FaultProps {
  readonly fault: SoundFault;
  readonly recording: RecordingView;
  readonly verbs: { readonly again: () => void; readonly reload: () => void };
}

function Fault({ fault, recording, verbs }: FaultProps) {
  return (
    <span class="recording-fault" role="alert">
      <span class="row-trouble">{faultWords(fault)}</span>
      <Remedy {...{ fault, recording, verbs }} />
    </span>
  );
}

/** A file that no player of a page takes is best had as it was recorded. */
function Remedy({ fault, recording, verbs }: FaultProps) {
  const say = words('console').recordings;
  if (fault.kind === 'gone')
    return (
      <Button size="small" onClick={verbs.reload}>
        {say.reload}
      </Button>
    );
  if (fault.kind === 'unplayable') {
    const wav = soundAddress(recording, { format: 'wav', isFile: true });
    return (
      <Button size="small" icon="save" onClick={() => save(wav)}>
        {say.save(say.formats.wav)}
      </Button>
    );
  }
  return (
    <Button size="small" onClick={verbs.again}>
      {words('shared').problems.again}
    </Button>
  );
}

function faultWords(fault: SoundFault): string {
  const say = words('console').recordings.fault;
  return fault.kind === 'refused'
    ? problemWords(fault.problem, words('shared').problems)
    : say[fault.kind];
}
