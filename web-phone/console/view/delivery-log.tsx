import { useEffect, useMemo } from 'preact/hooks';
import type { DeliveryView, WebhookView } from '../../../protocol/http/webhooks.ts';
import { Button } from '../../style/button.tsx';
import { Dialog } from '../../style/dialog.tsx';
import { spokenTime } from '../../style/local-time.ts';
import { Deliveries } from '../deliveries.ts';
import { answerWords, messageWords } from '../webhook-words.ts';
import type { DeskProps } from './page.tsx';

type LogProps = DeskProps & { readonly hook: WebhookView; readonly onClose: () => void };

/** The newest tries to deliver to one webhook; each can be sent again. */
export function DeliveryLog({ desk, hook, onClose }: LogProps) {
  const deliveries = useMemo(() => new Deliveries(hook.id), [hook.id]);
  useEffect(() => void deliveries.look(), [deliveries]);
  const list = deliveries.list.value;
  return (
    <Dialog title="What was sent" onClose={onClose}>
      <p class="soft webhook-url">{hook.url}</p>
      {list?.length === 0 && <p>Nothing yet. Test it, or wait for a meeting.</p>}
      <ul class="deliveries">
        {list?.map((tried) => (
          <li key={tried.id} class="delivery">
            <span class="row-words">
              <span>{messageWords(tried)}</span>
              <span class={tried.ok ? 'soft' : 'row-trouble'}>{answerWords(tried)}</span>
              <span class="soft">{spokenTime(tried.at)}</span>
            </span>
            {tried.events > 0 && (
              <Button
                size="small"
                label={`Send again: ${messageWords(tried)}`}
                onClick={() => void replay(desk, deliveries, tried)}
              >
                Send again
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

async function replay(
  { notices }: DeskProps['desk'],
  deliveries: Deliveries,
  tried: DeliveryView,
): Promise<void> {
  const answer = await deliveries.replay(tried.id);
  if (!answer.ok) notices.warn(answer.problem.detail);
  else if (answer.value.ok) notices.done(answerWords(answer.value));
  else notices.warn(answerWords(answer.value));
}
