import { useComputed, useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import { Button } from '../../style/button.tsx';
import { Dialog } from '../../style/dialog.tsx';
import { words } from '../../words/words.ts';
import { goalsFor } from '../switch-to.ts';
import type { Goal } from '../switch-to.ts';
import type { DeskProps } from './page.tsx';

/** Goes anywhere by a few letters: a button, and Ctrl+K (or Cmd+K). */
export function SwitchButton({ desk }: DeskProps) {
  const open = useSignal(false);
  const say = words('console').frame;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isWanted = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey);
      if (!isWanted || event.altKey || event.shiftKey) return;
      event.preventDefault();
      // A window that is open asks something first.
      if (!document.querySelector('dialog[open]')) open.value = true;
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [open]);
  return (
    <>
      <Button look="quiet" icon="search" label={say.switchTo} onClick={() => (open.value = true)} />
      {open.value && <Switcher desk={desk} onClose={() => (open.value = false)} />}
    </>
  );
}

function Switcher({ desk, onClose }: DeskProps & { readonly onClose: () => void }) {
  const typed = useSignal('');
  const at = useSignal(0);
  const say = words('console').frame;
  const { who } = desk.session;
  useEffect(() => {
    if (who.role !== 'participant') void desk.people.look();
  }, [desk, who.role]);
  const goals = useComputed(() => {
    const meetings = desk.feed.value.meetings.values();
    const people = desk.people.list.value ?? [];
    return goalsFor(typed.value, { who, meetings, people }, words('console').frame);
  });
  const go = (goal: Goal | undefined) => {
    if (!goal) return;
    onClose();
    desk.go(goal.route);
  };
  return (
    <Dialog title={say.switchTo} onClose={onClose}>
      <Box typed={typed} at={at} goals={goals.value} onGo={go} />
    </Dialog>
  );
}

interface BoxProps {
  readonly typed: Signal<string>;
  readonly at: Signal<number>;
  readonly goals: readonly Goal[];
  readonly onGo: (goal: Goal | undefined) => void;
}

/** A combobox as WAI-ARIA 1.2 has it: the focus stays in the field, the arrows choose from the list. */
function Box({ typed, at, goals, onGo }: BoxProps) {
  const id = useId();
  const say = words('console').frame;
  const onKeyDown = (event: KeyboardEvent) => {
    const next = stepped(event.key, at.value, goals.length);
    if (next !== undefined) at.value = next;
    else if (event.key === 'Enter') onGo(goals[at.value]);
    else return;
    event.preventDefault();
  };
  return (
    <div class="switcher">
      <input
        class="input"
        type="text"
        role="combobox"
        autofocus
        autocomplete="off"
        spellcheck={false}
        aria-label={say.switchTo}
        aria-describedby={`${id}-hint`}
        aria-expanded={goals.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={goals.length > 0 ? `${id}-${at.value}` : undefined}
        value={typed.value}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
          at.value = 0;
        }}
        onKeyDown={onKeyDown}
      />
      <p class="hint" id={`${id}-hint`}>
        {goals.length === 0 ? say.switchNone : say.switchHint}
      </p>
      <ul class="switcher-goals" id={`${id}-list`} role="listbox" aria-label={say.switchTo}>
        {goals.map((goal, n) => (
          <li
            key={`${goal.kind} ${goal.name} ${n}`}
            id={`${id}-${n}`}
            role="option"
            aria-selected={n === at.value}
            onPointerMove={() => (at.value = n)}
            onClick={() => onGo(goal)}
          >
            <bdi>{goal.name}</bdi> <span class="soft">{say.goal[goal.kind]}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Where an arrow leads in a list that has no ends; nothing for other keys. */
function stepped(key: string, at: number, count: number): number | undefined {
  if (count === 0) return undefined;
  if (key === 'ArrowDown') return (at + 1) % count;
  return key === 'ArrowUp' ? (at + count - 1) % count : undefined;
}
