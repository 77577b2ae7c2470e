import type { DialIn } from '../../../protocol/http/views.ts';
import { formatCode } from '../../style/format.ts';
import { Icon } from '../../style/icon.tsx';
import { words } from '../../words/words.ts';
import { oneTap } from '../one-tap.ts';

export interface ByPhoneProps {
  readonly dialIn: readonly DialIn[];
  readonly code: string;
}

/** The other way in: any telephone. */
export function ByPhone({ dialIn, code }: ByPhoneProps) {
  const say = words('phone').byPhone;
  if (dialIn.length === 0) return null;
  return (
    <section class="by-phone" aria-label={say.label}>
      <h2>
        <Icon name="phone" /> {say.title}
      </h2>
      <ol class="steps">
        <li>
          {say.dial}
          {dialIn.map((way) => (
            <span class="dial" key={way.uri}>
              <a class="number" href={way.uri} dir="ltr">
                {way.number}
              </a>
              <bdi class="soft">{way.label}</bdi>
            </span>
          ))}
        </li>
        <li>
          {say.typeCode}
          <span class="dial">
            <strong class="number" dir="ltr">
              {formatCode(code)}
            </strong>
          </span>
        </li>
      </ol>
      <OneTap dialIn={dialIn} code={code} />
    </section>
  );
}

/** Both steps in one, for those who read this on their phone. The network's number goes before our own. */
function OneTap({ dialIn, code }: ByPhoneProps) {
  const say = words('phone').byPhone;
  const way = dialIn.find(({ uri }) => uri.startsWith('tel:')) ?? dialIn[0];
  const link = way && oneTap(way.uri, code);
  if (link === undefined) return null;
  return (
    <p class="one-tap">
      <a class="button button-plain" href={link}>
        <Icon name="call" /> {say.oneTap}
      </a>
      <span class="hint">{say.oneTapHint}</span>
    </p>
  );
}
