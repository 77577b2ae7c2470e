import { useEffect } from 'preact/hooks';
import type { AccountView } from '../../../protocol/http/views.ts';
import { Tick } from '../../style/choice-field.tsx';
import { words } from '../../words/words.ts';
import type { DeskProps } from './page.tsx';

/** Which desk phones are somebody's: each tick is sent at once. */
export function PersonPhones({ desk, personId }: DeskProps & { readonly personId: string }) {
  useEffect(() => desk.accounts.watch(), [desk]);
  const phones = desk.accounts.list.value;
  const say = words('console').people;
  const turn = async ({ username }: AccountView, on: boolean) => {
    const answer = await desk.accounts.change(username, { personId: on ? personId : null });
    if (!answer.ok) desk.refused(answer.problem);
  };
  if (!phones) return null;
  return (
    <fieldset class="stack person-phones">
      <legend>{say.phone}</legend>
      <p class="hint">{phones.length === 0 ? say.noPhones : say.phoneHint}</p>
      {phones.map((phone) => (
        <Tick
          key={phone.username}
          label={phoneWords(desk, phone, personId)}
          on={phone.personId === personId}
          onChange={(on) => void turn(phone, on)}
        />
      ))}
    </fieldset>
  );
}

/** Says whose it is where that is somebody else. */
function phoneWords({ people }: DeskProps['desk'], phone: AccountView, personId: string): string {
  if (phone.personId === undefined || phone.personId === personId) return phone.name;
  const owner = people.list.value?.find(({ id }) => id === phone.personId);
  return owner ? words('console').people.phoneOf(phone.name, owner.name) : phone.name;
}
