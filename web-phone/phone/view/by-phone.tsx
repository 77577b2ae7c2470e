import type { DialIn } from '../../../protocol/http/views.ts';
import { formatCode } from '../../style/format.ts';
import { Icon } from '../../style/icon.tsx';

export interface ByPhoneProps {
  readonly dialIn: readonly DialIn[];
  readonly code: string;
}

/** The other way in: any telephone. */
export function ByPhone({ dialIn, code }: ByPhoneProps) {
  if (dialIn.length === 0) return null;
  return (
    <section class="by-phone" aria-label="Join by phone">
      <h2>
        <Icon name="phone" /> Rather by phone?
      </h2>
      <ol class="steps">
        <li>
          Dial
          {dialIn.map((way) => (
            <span class="dial" key={way.uri}>
              <a class="number" href={way.uri}>
                {way.number}
              </a>
              <span class="soft">{way.label}</span>
            </span>
          ))}
        </li>
        <li>
          When asked, type the code
          <span class="dial">
            <strong class="number">{formatCode(code)}</strong>
          </span>
        </li>
      </ol>
    </section>
  );
}
