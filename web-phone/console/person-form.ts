import type { PersonRole, PersonView } from '../../protocol/http/people.ts';

/** What the dialog for somebody's account holds, as typed. */
export interface PersonForm {
  readonly name: string;
  readonly login: string;
  readonly role: PersonRole;
  readonly disabled: boolean;
}

export function formOf(person: PersonView | undefined): PersonForm {
  const { name = '', role = 'moderator', disabled = false } = person ?? {};
  return { name, login: '', role, disabled };
}

/** What `POST /people` takes. */
export function wishOf({ name, login, role }: PersonForm): object {
  return { name: name.trim(), login: login.trim().toLowerCase(), role };
}

/** What `PATCH /people/:id` takes; nobody changes their own rights. */
export function changeOf({ name, role, disabled }: PersonForm, isSelf: boolean): object {
  return isSelf ? { name: name.trim() } : { name: name.trim(), role, disabled };
}
