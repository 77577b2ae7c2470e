import { Button } from '../../style/button.tsx';
import { currentTongue, words } from '../../words/words.ts';
import type { RecentCall } from '../recent.ts';
import type { Telephone } from '../telephone.ts';

/** The last calls of this browser; each can be called again. */
export function Recent({ telephone }: { readonly telephone: Telephone }) {
  const calls = telephone.recent.value;
  const say = words('line').recent;
  return (
    <section class="card line-card">
      <div class="line-card-head">
        <h2 class="line-heading">{say.title}</h2>
        {calls.length > 0 && (
          <Button look="quiet" size="small" icon="trash" onClick={() => telephone.clearRecent()}>
            {say.clear}
          </Button>
        )}
      </div>
      {calls.length === 0 && <p class="hint">{say.none}</p>}
      <ul class="line-list">
        {calls.map((call) => (
          <Row key={call.atMs} telephone={telephone} call={call} />
        ))}
      </ul>
    </section>
  );
}

function Row({ telephone, call }: { readonly telephone: Telephone; readonly call: RecentCall }) {
  const { recent: say, people } = words('line');
  const { locale } = currentTongue();
  const at = new Date(call.atMs).toLocaleString(locale, {
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return (
    <li class={`line-row line-${call.kind}`}>
      <span class="line-who">
        <bdi>{call.name}</bdi>
        <small>
          {say[call.kind]} · {at}
        </small>
      </span>
      <Button
        look="quiet"
        icon="phone"
        label={people.call(call.name)}
        onClick={() => void telephone.call(call.number)}
      />
    </li>
  );
}
