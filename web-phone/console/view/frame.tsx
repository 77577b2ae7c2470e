import type { Link } from '../../feed/state.ts';
import { Banner } from '../../style/banner.tsx';
import { Brand } from '../../style/brand.tsx';
import { Button } from '../../style/button.tsx';
import { Icon } from '../../style/icon.tsx';
import { words } from '../../words/words.ts';
import type { Place as Tab } from '../places.ts';
import { placeFor, placesOf, watchesMeetings } from '../places.ts';
import { readinessWords } from '../readiness-words.ts';
import { formatRoute } from '../route.ts';
import { AlarmBanner } from './alarm-banner.tsx';
import { Alarms } from './alarms.tsx';
import { Bans } from './bans.tsx';
import { AuditLog } from './audit-log.tsx';
import { Card } from './card.tsx';
import { HistorySession } from './history-session.tsx';
import { History } from './history.tsx';
import { Keys } from './keys.tsx';
import { LeaveUnsaved } from './leave-unsaved.tsx';
import { Me } from './me.tsx';
import { Meetings } from './meetings.tsx';
import type { DeskProps } from './page.tsx';
import { People } from './people.tsx';
import { Phones } from './phones.tsx';
import { focusOnPlace, useFocusOnPlace } from './place-focus.ts';
import { PlaceDrawer, PlaceList, Tabs } from './place-list.tsx';
import { Recordings } from './recordings.tsx';
import { SwitchButton } from './switcher.tsx';
import { System } from './system.tsx';
import { Trunks } from './trunks.tsx';
import { Webhooks } from './webhooks.tsx';

/** More go into a list at the side, or behind a button where there is no room for one. */
const TABS_AT_MOST = 4;

/** What surrounds every place of the console: where to go, and whether what is shown is true. */
export function Frame({ desk }: DeskProps) {
  const say = words('console').frame;
  useFocusOnPlace(formatRoute(desk.route.value));
  const hasMany = placesOf(desk.session.who).length > TABS_AT_MOST;
  return (
    <div class="framed">
      <div class="frame">
        <button type="button" class="skip button button-primary" onClick={focusOnPlace}>
          {say.skip}
        </button>
        <header class="frame-head">
          {hasMany && <PlaceDrawer desk={desk} />}
          <Brand />
          {!hasMany && <Tabs desk={desk} />}
          {watchesMeetings(desk.session.who) && <LinkLamp desk={desk} />}
          <SwitchButton desk={desk} />
          <Button
            look="quiet"
            size="small"
            icon="out"
            label={say.signOut}
            onClick={() => void desk.signOut()}
          />
        </header>
        <div class={hasMany ? 'frame-body frame-listed' : 'frame-body'}>
          {hasMany && <PlaceList desk={desk} />}
          <div class="frame-place">
            <Place desk={desk} />
          </div>
        </div>
        <LeaveUnsaved desk={desk} />
      </div>
      <div class="frame-told">
        <Urgent desk={desk} />
        <AlarmBanner desk={desk} />
        <Impaired desk={desk} />
      </div>
    </div>
  );
}

function Place({ desk }: DeskProps) {
  const route = placeFor(desk.route.value, desk.session.who);
  switch (route.kind) {
    case 'meeting':
      return <Meetings desk={desk} chosen={route.id} />;
    case 'card':
      return <Card desk={desk} id={route.id} />;
    case 'session':
      return <HistorySession desk={desk} meeting={route.meeting} id={route.id} />;
    default: {
      const Named = PLACES[route.kind];
      return <Named desk={desk} />;
    }
  }
}

/** What a tab leads to. */
const PLACES = {
  meetings: ({ desk }) => <Meetings desk={desk} chosen={undefined} />,
  phones: Phones,
  trunks: Trunks,
  alarms: Alarms,
  bans: Bans,
  system: System,
  people: People,
  keys: Keys,
  webhooks: Webhooks,
  audit: AuditLog,
  me: Me,
  history: History,
  recordings: Recordings,
} as const satisfies Readonly<Record<Tab, (props: DeskProps) => unknown>>;

function LinkLamp({ desk }: DeskProps) {
  const { link } = desk.feed.value;
  return (
    <span class={`link-lamp link-${link}`} role="status">
      <Icon name="record" />
      {words('console').frame.link[link]}
    </span>
  );
}

/** What is shown is not true any more, or no call comes in. */
function Urgent({ desk }: DeskProps) {
  const { link, attempts } = desk.feed.value;
  const readiness = desk.readiness.value;
  const say = words('console').frame;
  if (!watchesMeetings(desk.session.who)) return null;
  if (isLost(link, attempts))
    return (
      <Banner look="warning" title={say.lostTitle}>
        {say.lost}
      </Banner>
    );
  if (readiness.kind !== 'not-ready') return null;
  return <NotReady desk={desk} look="danger" sentences={readiness.sentences} />;
}

/** Calls come in all the same. */
function Impaired({ desk }: DeskProps) {
  const { link, attempts } = desk.feed.value;
  const readiness = desk.readiness.value;
  if (!watchesMeetings(desk.session.who) || isLost(link, attempts)) return null;
  if (readiness.kind !== 'impaired') return null;
  return <NotReady desk={desk} look="warning" sentences={readiness.sentences} />;
}

function isLost(link: Link, attempts: number): boolean {
  return link === 'lost' || (link === 'connecting' && attempts > 1);
}

interface NotReadyProps extends DeskProps {
  readonly look: 'warning' | 'danger';
  readonly sentences: readonly string[];
}

/** Why calls do not come in, or not all; who sees the system finds there what to do. */
function NotReady({ desk, look, sentences }: NotReadyProps) {
  const { frame: say, readiness } = words('console');
  const leads = placesOf(desk.session.who).includes('system') && desk.route.value.kind !== 'system';
  return (
    <Banner
      look={look}
      title={look === 'danger' ? say.notReadyTitle : say.impairedTitle}
      actions={
        leads && (
          <a class="button button-plain button-small" href={formatRoute({ kind: 'system' })}>
            {readiness.toSystem}
          </a>
        )
      }
    >
      {sentences.map((sentence) => readinessWords(sentence, readiness.known)).join(' ')}
    </Banner>
  );
}
