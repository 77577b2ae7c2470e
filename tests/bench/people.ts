import type { MeetingView } from '../../protocol/http/views.ts';
import { MU_LAW_SILENCE } from '../support/mu-law.ts';
import type { Product } from '../support/product.ts';
import { SipCaller } from '../support/sip-caller.ts';

/** Callers in one meeting of a running product, kept alive by silence. */
export class People {
  readonly callers: SipCaller[] = [];
  readonly meeting: MeetingView;
  readonly #beat: NodeJS.Timeout;

  private constructor(meeting: MeetingView) {
    this.meeting = meeting;
    this.#beat = setInterval(() => {
      for (const caller of this.callers) caller.sendFrame(MU_LAW_SILENCE);
    }, 20);
  }

  static async join(product: Product, count: number): Promise<People> {
    const people = new People(await product.createMeeting({ name: 'Bench' }));
    for (let at = 0; at < count; at++) {
      const caller = await SipCaller.open({ server: product.sip, user: `bench${at}` });
      const answer = await caller.call(people.meeting.codes.join);
      if (answer.status !== 200) throw new Error(`a caller was answered ${answer.status}`);
      people.callers.push(caller);
    }
    await product.participantsWhen(
      people.meeting,
      'everybody joined',
      (list) => list.length === count,
    );
    return people;
  }

  leave(): void {
    clearInterval(this.#beat);
    for (const caller of this.callers) {
      caller.hangUp();
      caller.close();
    }
  }
}
