import { useSignal } from '@preact/signals';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { Button } from '../../style/button.tsx';
import { words } from '../../words/words.ts';
import type { PlaceGroup } from '../places.ts';
import { placeFor, placeGroups, placesOf, tabOf } from '../places.ts';
import { formatRoute } from '../route.ts';
import type { DeskProps } from './page.tsx';

/** For those who have few places: one beside the other, on top. */
export function Tabs({ desk }: DeskProps) {
  return (
    <nav class="tabs" aria-label={words('console').frame.places}>
      <Links desk={desk} places={placesOf(desk.session.who)} look="tab" />
    </nav>
  );
}

/** For those who have many, where there is room at the side. */
export function PlaceList({ desk }: DeskProps) {
  return (
    <nav class="place-list" aria-label={words('console').frame.places}>
      {placeGroups(desk.session.who).map((group) => (
        <Group key={group.places[0]} desk={desk} group={group} />
      ))}
    </nav>
  );
}

/** The same list behind a button, where there is none. Escape, a click beside it or a choice closes it. */
export function PlaceDrawer({ desk }: DeskProps) {
  const open = useSignal(false);
  return (
    <span class="drawer-button">
      <Button
        look="quiet"
        icon="menu"
        label={words('console').frame.places}
        expanded={open.value}
        onClick={() => (open.value = true)}
      />
      {open.value && <Drawer desk={desk} onClose={() => (open.value = false)} />}
    </span>
  );
}

function Drawer({ desk, onClose }: DeskProps & { readonly onClose: () => void }) {
  const element = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    // Where there is room the list stands beside the page, which a drawer out of sight would block.
    const onResize = () => {
      if (dialog?.checkVisibility() === false) onClose();
    };
    window.addEventListener('resize', onResize);
    return () => {
      window.removeEventListener('resize', onResize);
      // Taken from the page without being closed, it would not give the focus back.
      dialog?.close();
    };
  }, []);
  return (
    <dialog
      ref={element}
      class="drawer"
      aria-label={words('console').frame.places}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        const { target } = event;
        if (target === element.current || target instanceof HTMLAnchorElement) onClose();
      }}
    >
      <div class="drawer-body">
        <Button
          look="quiet"
          icon="close"
          label={words('shared').controls.close}
          onClick={onClose}
        />
        <PlaceList desk={desk} />
      </div>
    </dialog>
  );
}

function Group({ desk, group }: DeskProps & { readonly group: PlaceGroup }) {
  const id = useId();
  const { name, places } = group;
  return (
    <div class="place-group" role="group" aria-labelledby={name && id}>
      {name && (
        <p class="place-group-name" id={id}>
          {words('console').frame.group[name]}
        </p>
      )}
      <Links desk={desk} places={places} look="place-link" />
    </div>
  );
}

function Links(props: DeskProps & Pick<PlaceGroup, 'places'> & { readonly look: string }) {
  const { desk, places, look } = props;
  const at = tabOf(placeFor(desk.route.value, desk.session.who));
  return places.map((kind) => (
    <a
      key={kind}
      class={look}
      href={formatRoute({ kind })}
      aria-current={kind === at ? 'page' : undefined}
    >
      {words('console').frame.place[kind]}
    </a>
  ));
}
