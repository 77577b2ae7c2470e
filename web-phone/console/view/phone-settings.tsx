import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import type { AccountView } from '../../../protocol/http/views.ts';
import { Banner } from '../../style/banner.tsx';
import { Button } from '../../style/button.tsx';
import { Copy } from '../../style/copy.tsx';
import { Dialog } from '../../style/dialog.tsx';
import { Icon } from '../../style/icon.tsx';
import { words } from '../../words/words.ts';
import { makeSettings, PHONE_MAKES } from '../phone-makes.ts';
import type { PhoneMake } from '../phone-makes.ts';
import { phoneSettings } from '../ways-in.ts';
import { MakePanel } from './make-panel.tsx';
import type { DeskProps } from './page.tsx';

interface SettingsProps extends DeskProps {
  /** As the answer that made the password has it. */
  readonly account: AccountView;
  readonly onClose: () => void;
}

/** What to give a phone whose password was just made: to type, to save, to fetch. Says when it registered. */
export function PhoneSettings({ desk, account, onClose }: SettingsProps) {
  const make = useSignal<PhoneMake>('other');
  const id = useId();
  useEffect(() => desk.accounts.watch(), [desk]);
  const say = words('console').provisioning;
  return (
    <Dialog title={say.title(account.username)} onClose={onClose}>
      <Banner look="info">{say.once}</Banner>
      <MakeTabs id={id} chosen={make.value} onChoose={(chosen) => (make.value = chosen)} />
      <div
        class="make-panel"
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${make.value}`}
      >
        <MakePanel
          key={make.value}
          make={make.value}
          account={account}
          settings={makeSettings(make.value, account)}
        />
      </div>
      <Progress account={desk.accounts.list.value?.find(sameAs(account))} />
      <div class="dialog-actions">
        <Copy text={phoneSettings(account)} what={say.settings} words={say.copyAll} />
        <Button look="primary" onClick={onClose}>
          {say.done}
        </Button>
      </div>
    </Dialog>
  );
}

function sameAs({ username }: AccountView) {
  return (each: AccountView) => each.username === username;
}

interface TabsProps {
  readonly id: string;
  readonly chosen: PhoneMake;
  readonly onChoose: (make: PhoneMake) => void;
}

/** One is chosen, the arrow keys choose the next (ARIA's tabs pattern). */
function MakeTabs({ id, chosen, onChoose }: TabsProps) {
  const say = words('console').provisioning;
  const step = (by: number) => {
    const at = PHONE_MAKES.indexOf(chosen) + by;
    const next = PHONE_MAKES[(at + PHONE_MAKES.length) % PHONE_MAKES.length] ?? chosen;
    onChoose(next);
    document.getElementById(`${id}-${next}`)?.focus();
  };
  return (
    <div class="make-tabs" role="tablist" aria-label={say.makes}>
      {PHONE_MAKES.map((make) => (
        <button
          key={make}
          id={`${id}-${make}`}
          type="button"
          class="make-tab"
          role="tab"
          aria-selected={make === chosen}
          aria-controls={`${id}-panel`}
          tabIndex={make === chosen ? 0 : -1}
          onClick={() => onChoose(make)}
          onKeyDown={({ key, currentTarget }) => {
            const isRtl = getComputedStyle(currentTarget).direction === 'rtl';
            if (key === 'ArrowRight') step(isRtl ? -1 : 1);
            if (key === 'ArrowLeft') step(isRtl ? 1 : -1);
          }}
        >
          {say.make[make]}
        </button>
      ))}
    </div>
  );
}

/** How far the phone has come; told to screen readers as it happens. */
function Progress({ account }: { readonly account: AccountView | undefined }) {
  const say = words('console').provisioning;
  const offer = account?.provisioning;
  const [device] = account?.registered ?? [];
  return (
    <div role="status">
      <ul class="make-steps">
        {offer?.fetchedAt !== undefined && (
          <li class="make-step-done">
            <Icon name="check" />
            <bdi>{say.fetched(offer.fetchedBy ?? '')}</bdi>
          </li>
        )}
        {device ? (
          <li class="make-step-done">
            <Icon name="check" />
            <bdi>{say.registered(device.userAgent || say.unnamed)}</bdi>
          </li>
        ) : (
          <li>
            <Icon name="phone" />
            {say.waiting}
          </li>
        )}
      </ul>
    </div>
  );
}
