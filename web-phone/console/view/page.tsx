import { useEffect } from 'preact/hooks';
import { unreachable } from '../../../protocol/unreachable.ts';
import { Brand } from '../../style/brand.tsx';
import { NoticeBoard } from '../../style/notices.tsx';
import { words } from '../../words/words.ts';
import type { Console } from '../console.ts';
import { titleOf } from '../title.ts';
import { Frame } from './frame.tsx';
import { SignIn } from './sign-in.tsx';
import { SignInAgain } from './sign-in-again.tsx';

/** Everything below takes the console as `desk`: its state to read and its verbs to call. */
export interface DeskProps {
  readonly desk: Console;
}

/** The console's page. */
export function Page({ desk }: DeskProps) {
  return (
    <>
      <Titled desk={desk} />
      <View desk={desk} />
      <NoticeBoard notices={desk.notices} />
    </>
  );
}

/** What the window is called: where one is. */
function Titled({ desk }: DeskProps) {
  const title = titleOf(desk, words('console').frame);
  useEffect(() => {
    document.title = title;
  }, [title]);
  return null;
}

function View({ desk }: DeskProps) {
  const state = desk.session.state.value;
  switch (state.kind) {
    case 'asking':
      return (
        <main class="alone late" aria-busy="true">
          <Brand />
        </main>
      );
    case 'out':
      return <SignIn session={desk.session} out={state} />;
    case 'in':
    case 'again':
      return (
        <>
          {/* Somebody else's page is another one; whoever comes back finds theirs as it was. */}
          <Frame key={`${state.who.personId ?? ''} ${state.who.role}`} desk={desk} />
          {state.kind === 'again' && <SignInAgain desk={desk} out={state} />}
        </>
      );
    default:
      return unreachable(state);
  }
}
