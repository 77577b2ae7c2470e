import { useEffect, useMemo } from 'preact/hooks';
import type { DeliveryView, WebhookView } from '../../../protocol/http/webhooks.ts';
import { Button } from '../../style/button.tsx';
import { Dialog } from '../../style/dialog.tsx';
import { spokenTime } from '../../style/local-time.ts';
import { ShownProblem } from '../../style/shown-problem.tsx';
import { Waiting } from '../../style/waiting.tsx';
import { words } from '../../words/words.ts';
import { Deliveries } from '../deliveries.ts';
import { answerWords, messageWords } from '../webhook-words.ts';
import type { DeskProps } from './page.tsx';

type LogProps = DeskProps & { readonly hook: WebhookView; readonly onClose: () => void };

/** The newest tries to deliver to one webhook; each can be sent again. */
export function DeliveryLog({ desk, hook, onClose }: LogProps) {
  const deliveries = useMemo(() => new Deliveries(hook.id), [hook.id]);
  useEffect(() => void deliveries.look(), [deliveries]);
  const list = deliveries.list.value;
  const problem = deliveries.problem.value;
  const say = words('console').webhooks;
  return (
    <Dialog title={say.sent} onClose={onClose}>
      <p class="soft webhook-url">{hook.url}</p>
      <ShownProblem problem={problem} onRetry={() => void deliveries.look()} />
      {!list && !problem && <Waiting />}
      {list?.length === 0 && <p>{say.nothingSent}</p>}
      <ul class="deliveries">
        {list?.map((tried) => (
          <li key={tried.id} class="delivery">
            <span class="row-words">
              <span>{messageWords(tried, say)}</span>
              <span class={tried.ok ? 'soft' : 'row-trouble'}>{answerWords(tried, say)}</span>
              <span class="soft">{spokenTime(tried.at)}</span>
            </span>
            {tried.events > 0 && (
              <Button
                size="small"
                label={say.againWhat(messageWords(tried, say))}
                onClick={() => void replay(desk, deliveries, tried)}
              >
                {say.again}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

async function replay(
  desk: DeskProps['desk'],
  deliveries: Deliveries,
  tried: DeliveryView,
): Promise<void> {
  const answer = await deliveries.replay(tried.id);
  if (answer.ok) tellAnswer(desk, answer.value);
  else desk.refused(answer.problem);
}

/** What was answered to a try that somebody asked for. */
export function tellAnswer({ notices }: DeskProps['desk'], tried: DeliveryView): void {
  const told = answerWords(tried, words('console').webhooks);
  if (tried.ok) notices.done(told);
  else notices.warn(told);
}
