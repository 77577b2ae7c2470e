import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { AccountView } from '../../../protocol/http/views.ts';
import { Banner } from '../../style/banner.tsx';
import { Button } from '../../style/button.tsx';
import { Confirm } from '../../style/dialog.tsx';
import { Icon } from '../../style/icon.tsx';
import { runsHouse } from '../places.ts';
import { AddPhone } from './add-phone.tsx';
import type { DeskProps } from './page.tsx';

/** Desk phones: who may register, and whose phone is there now. */
export function Phones({ desk }: DeskProps) {
  const adding = useSignal(false);
  const leaving = useSignal<AccountView | undefined>(undefined);
  useEffect(() => desk.accounts.watch(), [desk]);
  const list = desk.accounts.list.value;
  const problem = desk.accounts.problem.value;
  const runs = runsHouse(desk.session.who);
  const add = () => (adding.value = true);
  return (
    <main class="place">
      <header class="section-head">
        <h1>Desk phones</h1>
        {runs && (
          <Button look="primary" icon="plus" onClick={add}>
            Add a phone
          </Button>
        )}
      </header>
      {problem && <Banner look="warning">{problem.detail}</Banner>}
      {list?.length === 0 && <NoPhones onAdd={runs ? add : undefined} />}
      {list && list.length > 0 && (
        <ul class="rows">
          {list.map((account) => (
            <PhoneRow
              key={account.username}
              account={account}
              onRemove={runs ? () => (leaving.value = account) : undefined}
            />
          ))}
        </ul>
      )}
      {adding.value && <AddPhone desk={desk} onClose={() => (adding.value = false)} />}
      {leaving.value && (
        <Confirm
          title={`Delete the phone “${leaving.value.username}”?`}
          verb="Delete"
          onYes={() => void remove(desk, leaving.value?.username ?? '')}
          onClose={() => (leaving.value = undefined)}
        >
          It can no longer register or call. Other phones are not affected.
        </Confirm>
      )}
    </main>
  );
}

async function remove(desk: DeskProps['desk'], username: string): Promise<void> {
  const answer = await desk.accounts.remove(username);
  if (!answer.ok) desk.notices.warn(answer.problem.detail);
}

function PhoneRow(props: {
  readonly account: AccountView;
  readonly onRemove: (() => void) | undefined;
}) {
  const { account } = props;
  const [device] = account.registered;
  return (
    <li class="row-card">
      <span class={`lamp${device ? ' lamp-on' : ''}`} aria-hidden="true">
        <Icon name="phone" />
      </span>
      <span class="row-words">
        <span class="person-name">
          <bdi>{account.name}</bdi> <span class="badge number">{account.username}</span>
        </span>
        <span class="soft">
          {device
            ? `Registered · ${device.userAgent || 'unnamed phone'} at ${device.address}`
            : 'Not registered: switched off, or its settings are not right yet'}
        </span>
      </span>
      {props.onRemove && (
        <Button
          look="quiet"
          icon="trash"
          label={`Delete ${account.username}`}
          onClick={props.onRemove}
        />
      )}
    </li>
  );
}

function NoPhones({ onAdd }: { readonly onAdd: (() => void) | undefined }) {
  return (
    <div class="empty">
      <h2>No desk phones yet</h2>
      <p>
        People can join by link or by dialling in without any of this. Give a phone an account here,
        type its settings into the phone once, and it dials a meeting’s extension without a code.
      </p>
      {onAdd && (
        <Button look="primary" icon="plus" onClick={onAdd}>
          Add the first one
        </Button>
      )}
    </div>
  );
}
