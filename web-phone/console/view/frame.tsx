import { unreachable } from '../../../protocol/unreachable.ts';
import { Banner } from '../../style/banner.tsx';
import { Brand } from '../../style/brand.tsx';
import { Button } from '../../style/button.tsx';
import { Icon } from '../../style/icon.tsx';
import { formatRoute } from '../route.ts';
import { Meetings } from './meetings.tsx';
import type { DeskProps } from './page.tsx';
import { Phones } from './phones.tsx';

/** What surrounds every place of the console: where to go, and whether what is shown is true. */
export function Frame({ desk }: DeskProps) {
  const route = desk.route.value;
  return (
    <div class="frame">
      <header class="frame-head">
        <Brand />
        <nav class="tabs" aria-label="Places">
          <a
            class="tab"
            href={formatRoute({ kind: 'meetings' })}
            aria-current={route.kind === 'phones' ? undefined : 'page'}
          >
            Meetings
          </a>
          <a
            class="tab"
            href={formatRoute({ kind: 'phones' })}
            aria-current={route.kind === 'phones' ? 'page' : undefined}
          >
            Desk phones
          </a>
        </nav>
        <LinkLamp desk={desk} />
        <Button
          look="quiet"
          size="small"
          icon="out"
          label="Sign out"
          onClick={() => void desk.session.signOut()}
        />
      </header>
      <Warnings desk={desk} />
      <Place desk={desk} />
    </div>
  );
}

function Place({ desk }: DeskProps) {
  const route = desk.route.value;
  switch (route.kind) {
    case 'meetings':
      return <Meetings desk={desk} chosen={undefined} />;
    case 'meeting':
      return <Meetings desk={desk} chosen={route.id} />;
    case 'phones':
      return <Phones desk={desk} />;
    default:
      return unreachable(route);
  }
}

const LINK_WORDS = { connecting: 'Connecting', live: 'Live', lost: 'Reconnecting' } as const;

function LinkLamp({ desk }: DeskProps) {
  const { link } = desk.feed.value;
  return (
    <span class={`link-lamp link-${link}`} role="status">
      <Icon name="record" />
      {LINK_WORDS[link]}
    </span>
  );
}

function Warnings({ desk }: DeskProps) {
  const { link, attempts } = desk.feed.value;
  const readiness = desk.readiness.value;
  if (link === 'lost' || (link === 'connecting' && attempts > 1))
    return (
      <Banner look="warning" title="No connection to the server">
        What you see is the last we heard. We keep trying, and everything is brought up to date as
        soon as it answers.
      </Banner>
    );
  switch (readiness.kind) {
    case 'unknown':
    case 'ready':
      return null;
    case 'impaired':
      return (
        <Banner look="warning" title="Calls come in, but not everything works">
          {readiness.sentences.join(' ')}
        </Banner>
      );
    case 'not-ready':
      return (
        <Banner look="danger" title="Calls cannot come in at the moment">
          {readiness.sentences.join(' ')}
        </Banner>
      );
    default:
      return unreachable(readiness);
  }
}
