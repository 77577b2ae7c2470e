import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { MemberView, PersonView } from '../../../protocol/http/people.ts';
import { Button } from '../../style/button.tsx';
import { Choice } from '../../style/choice-field.tsx';
import { TextField } from '../../style/text-field.tsx';
import { words } from '../../words/words.ts';
import { fits } from '../fits.ts';
import type { MeetingFieldsProps } from './meeting-field.ts';

/** More one narrows by typing. */
const MOST_OFFERED = 6;

/** Those with accounts whom the meeting names: found by name, each with a role. */
export function MeetingMembers({ desk, form }: MeetingFieldsProps) {
  useEffect(() => void desk.people.look(), [desk]);
  const say = words('console').meetingForm;
  const people = desk.people.list.value ?? [];
  const { members } = form.value;
  const put = (now: readonly MemberView[]) => (form.value = { ...form.value, members: now });
  const unnamed = people.filter(({ id }) => !members.some(({ personId }) => personId === id));
  return (
    <>
      <p class="hint">{members.length === 0 ? say.noMembers : say.membersHint}</p>
      <ul class="members">
        {members.map((member) => (
          <Member
            key={member.personId}
            member={member}
            name={people.find(({ id }) => id === member.personId)?.name ?? say.unknownMember}
            onChange={(now) => put(members.flatMap((each) => (each === member ? now : [each])))}
          />
        ))}
      </ul>
      <AddMember
        people={unnamed}
        onAdd={({ id }) => put([...members, { personId: id, role: 'participant' }])}
      />
    </>
  );
}

function Member(props: {
  readonly member: MemberView;
  readonly name: string;
  /** Nothing: taken off. */
  readonly onChange: (now: readonly MemberView[]) => void;
}) {
  const { member, name, onChange } = props;
  const say = words('console').meetingForm;
  return (
    <li class="member">
      <Choice
        label={name}
        value={member.role}
        options={[
          ['participant', say.member.participant],
          ['moderator', say.member.moderator],
        ]}
        onChange={(role) => onChange([{ ...member, role }])}
      />
      <Button
        look="quiet"
        icon="close"
        label={say.removeMember(name)}
        onClick={() => onChange([])}
      />
    </li>
  );
}

function AddMember(props: {
  readonly people: readonly PersonView[];
  readonly onAdd: (person: PersonView) => void;
}) {
  const { people, onAdd } = props;
  const typed = useSignal('');
  const say = words('console').meetingForm;
  const isTyped = typed.value.trim() !== '';
  const found = isTyped ? people.filter(({ name }) => fits(typed.value, [name])) : [];
  const add = (person: PersonView | undefined) => {
    if (!person) return;
    onAdd(person);
    typed.value = '';
  };
  return (
    <div
      class="stack"
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
        // Enter in this field names somebody; it does not save the meeting.
        event.preventDefault();
        add(found[0]);
      }}
    >
      <TextField
        label={say.addMember}
        maxLength={64}
        hint={isTyped && found.length === 0 ? say.nobodyFits : say.addMemberHint}
        value={typed.value}
        onInput={(value) => (typed.value = value)}
      />
      {found.length > 0 && (
        <div class="members-found">
          {found.slice(0, MOST_OFFERED).map((person) => (
            <Button
              key={person.id}
              size="small"
              icon="plus"
              label={say.addOne(person.name)}
              onClick={() => add(person)}
            >
              <bdi>{person.name}</bdi>
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}
