import { unreachable } from '../../../protocol/unreachable.ts';
import { Brand } from '../../style/brand.tsx';
import { NoticeBoard } from '../../style/notices.tsx';
import type { Console } from '../console.ts';
import { Frame } from './frame.tsx';
import { SignIn } from './sign-in.tsx';

/** Everything below takes the console as `desk`: its state to read and its verbs to call. */
export interface DeskProps {
  readonly desk: Console;
}

/** The console's page. */
export function Page({ desk }: DeskProps) {
  return (
    <>
      <View desk={desk} />
      <NoticeBoard notices={desk.notices} />
    </>
  );
}

function View({ desk }: DeskProps) {
  const state = desk.session.state.value;
  switch (state.kind) {
    case 'asking':
      return (
        <main class="alone" aria-busy="true">
          <Brand />
        </main>
      );
    case 'out':
      return <SignIn session={desk.session} out={state} />;
    case 'in':
      return <Frame desk={desk} />;
    default:
      return unreachable(state);
  }
}
