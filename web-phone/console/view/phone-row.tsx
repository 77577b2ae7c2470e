import type { AccountView } from '../../../protocol/http/views.ts';
import { Button } from '../../style/button.tsx';
import { Icon } from '../../style/icon.tsx';
import { nowMs } from '../../style/clock.ts';
import { spokenMoment } from '../../style/local-time.ts';
import { words } from '../../words/words.ts';
import type { DeskProps } from './page.tsx';

interface RowProps extends DeskProps {
  readonly account: AccountView;
  /** Absent for those who only look. */
  readonly verbs:
    | { readonly edit: () => void; readonly rotate: () => void; readonly remove: () => void }
    | undefined;
}

/** One account: whose it is, which phone is registered with it since when, and when it last called. */
export function PhoneRow({ desk, account, verbs }: RowProps) {
  const { username, name, personId, extension, registered } = account;
  const say = words('console').phones;
  const owner = desk.people.list.value?.find(({ id }) => id === personId);
  return (
    <li class="row-card">
      <span class={`lamp${registered.length > 0 ? ' lamp-on' : ''}`} aria-hidden="true">
        <Icon name="phone" />
      </span>
      <span class="row-words">
        <span class="person-name">
          <bdi>{name}</bdi> <bdi class="badge number">{username}</bdi>
          {extension !== undefined && <span class="badge">{say.extensionOf(extension)}</span>}
          {owner && owner.name !== name && <bdi class="badge">{say.personOf(owner.name)}</bdi>}
        </span>
        <Registered registered={registered} />
        <span class="soft">{lastWords(desk, account)}</span>
      </span>
      {verbs && (
        <span class="row-actions">
          <Button look="quiet" icon="pencil" label={say.change(username)} onClick={verbs.edit} />
          <Button
            look="quiet"
            icon="key"
            label={say.newPassword(username)}
            onClick={verbs.rotate}
          />
          <Button look="quiet" icon="trash" label={say.delete(username)} onClick={verbs.remove} />
        </span>
      )}
    </li>
  );
}

function Registered({ registered }: Pick<AccountView, 'registered'>) {
  const say = words('console').phones;
  const [device, ...others] = registered;
  if (!device) return <span class="soft">{say.notRegistered}</span>;
  const { userAgent, address, transport, since, expiresAt } = device;
  const times = [
    ...(since === undefined ? [] : [say.since(spokenMoment(since, nowMs.peek()))]),
    say.until(spokenMoment(expiresAt, nowMs.peek())),
  ];
  return (
    <>
      <span class="soft">
        {say.registered} ·{' '}
        <bdi>{say.registeredFrom(userAgent || say.unnamed, address, transport.toUpperCase())}</bdi>
        {others.length > 0 && ` ${say.more(others.length)}`}
      </span>
      <span class="soft">{times.join(', ')}</span>
    </>
  );
}

/** What it did last: a call, or fetching its settings. */
function lastWords(desk: DeskProps['desk'], { lastCall, provisioning }: AccountView): string {
  const say = words('console').phones;
  if (lastCall) {
    const meeting = desk.feed.value.meetings.get(lastCall.meeting)?.name ?? '';
    return say.lastCall(spokenMoment(lastCall.at, nowMs.peek()), meeting);
  }
  if (provisioning?.fetchedAt !== undefined)
    return say.fetched(
      spokenMoment(provisioning.fetchedAt, nowMs.peek()),
      provisioning.fetchedBy ?? '',
    );
  return say.noCall;
}
