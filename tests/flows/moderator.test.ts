import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MeetingView, SoftphoneGrant } from '../../protocol/http/views.ts';
import { has } from '../runner/programs.ts';
import { BROWSER_RATE_HZ, Chromium } from '../support/chromium.ts';
import { personRow } from '../support/console-page.ts';
import { heard } from '../support/ear.ts';
import { ENGINES, type Stage } from '../support/engines.ts';
import { eventually } from '../support/eventually.ts';
import type { PersonView, Product } from '../support/product.ts';
import { SoftphonePage } from '../support/softphone-page.ts';

const MONA_HZ = 440;
const PAUL_HZ = 900;
const PATIENCE = { timeout: 40_000 };

/** Two softphones in one meeting: Mona came by the moderators' link, Paul by everybody's. */
describe.skipIf(!has('chromium')).each(ENGINES)('a moderator on $engine', (engine) => {
  let stage: Stage;
  let product: Product;
  let meeting: MeetingView;
  let other: MeetingView;
  let browsers: Chromium[];
  let mona: SoftphonePage;
  let paul: SoftphonePage;
  let people: PersonView[];

  beforeAll(async () => {
    [stage, ...browsers] = await Promise.all([
      engine.start(),
      Chromium.start(MONA_HZ),
      Chromium.start(PAUL_HZ),
    ]);
    product = stage.product;
    meeting = await product.createMeeting();
    other = await product.createMeeting({ name: 'Another meeting' });
    mona = await SoftphonePage.join(browsers[0]!, meeting.moderatorUrl, 'Mona');
    paul = await SoftphonePage.join(browsers[1]!, meeting.joinUrl, 'Paul');
    people = await product.participantsWhen(meeting, 'both talk', (list) =>
      ['Mona', 'Paul'].every((name) => list.some((each) => each.name === name && each.talking)),
    );
  }, 90_000);

  afterAll(async () => {
    await Promise.all((browsers ?? []).map((browser) => browser.stop()));
    await stage?.stop();
  });

  const button = (on: SoftphonePage, name: string) =>
    on.page.getByRole('button', { name, exact: true });
  const monaHears = async () => heard(await mona.hear(1000), BROWSER_RATE_HZ, [PAUL_HZ]);
  const idOf = (name: string) => people.find((each) => each.name === name)?.id ?? '';

  test('has buttons for the others; a participant has none', PATIENCE, async () => {
    await personRow(mona.page, 'Paul').waitFor();
    await personRow(paul.page, 'Mona').waitFor();
    for (const name of ['Mute Paul', 'Remove Paul', 'Mute all', 'Lock'])
      expect(await button(mona, name).count(), name).toBe(1);
    for (const name of ['Mute Mona', 'Remove Mona', 'Mute all', 'Lock'])
      expect(await button(paul, name).count(), name).toBe(0);
  });

  test('a participant rules nobody, by HTTP neither', PATIENCE, async () => {
    const eve = await Asker.by(meeting.joinUrl, product);
    const statuses = [
      ...(await eve.rule(meeting, idOf('Mona'))),
      ...(await eve.rule(meeting, idOf('Paul'))),
      ...(await eve.rule(other, idOf('Mona'))),
      ...(await eve.administer(meeting)),
    ];
    expect(statuses).toEqual(statuses.map(() => 403));
    await expectUntouched(product, meeting);
    expect(await mona.page.getByText('locked', { exact: true }).count()).toBe(0);
  });

  test('a moderator rules no other meeting, and ends none', PATIENCE, async () => {
    const eve = await Asker.by(meeting.moderatorUrl, product);
    const statuses = [
      ...(await eve.rule(other, idOf('Paul'))),
      ...(await eve.administer(meeting)),
      ...(await eve.administer(other)),
    ];
    expect(statuses).toEqual(statuses.map(() => 403));
    await expectUntouched(product, meeting);
    expect(await mona.page.getByText('locked', { exact: true }).count()).toBe(0);
  });

  test('mutes: the other falls silent and is told; then unmutes', PATIENCE, async () => {
    await eventually('Paul is heard', async () => (await monaHears()).length === 1);
    await button(mona, 'Mute Paul').click();
    await personRow(mona.page, 'Paul').locator('.state-muted').waitFor();
    await paul.page.getByText('A moderator muted you').waitFor();
    await eventually('Paul falls silent', async () => (await monaHears()).length === 0);
    await button(mona, 'Unmute Paul').click();
    await paul.page.getByText('A moderator unmuted you').waitFor();
    await eventually('Paul is heard again', async () => (await monaHears()).length === 1);
  });

  test('mutes all but moderators, locks and unlocks', PATIENCE, async () => {
    await button(mona, 'Mute all').click();
    await personRow(mona.page, 'Paul').locator('.state-muted').waitFor();
    expect(await personRow(mona.page, 'Mona').locator('.state-muted').count()).toBe(0);
    await button(mona, 'Lock').click();
    await paul.page.getByText('locked', { exact: true }).waitFor();
    await button(mona, 'Unlock').click();
    await paul.page.getByText('locked', { exact: true }).waitFor({ state: 'detached' });
  });

  test('sets volume, deafness and hold of another by HTTP', PATIENCE, async () => {
    const eve = await Asker.by(meeting.moderatorUrl, product);
    const path = `/meetings/${meeting.id}/participants/${idOf('Paul')}`;
    const change = { deaf: true, held: true, volume: { in: -2, out: 1 } };
    expect(await eve.ask('PATCH', path, change)).toBe(202);
    await product.participantsWhen(meeting, 'it is so', (list) =>
      list.some(({ name, deaf, held, volume }) => {
        return name === 'Paul' && deaf && held && volume.in === -2 && volume.out === 1;
      }),
    );
    const undo = { deaf: false, held: false, volume: { in: 0, out: 0 } };
    expect(await eve.ask('PATCH', path, undo)).toBe(202);
  });

  test('removes: the other’s call ends and says why', PATIENCE, async () => {
    await button(mona, 'Remove Paul').click();
    await mona.page
      .getByRole('dialog')
      .getByRole('button', { name: 'Remove', exact: true })
      .click();
    await paul.page.getByText('A moderator removed you').waitFor();
    await personRow(mona.page, 'Paul').waitFor({ state: 'detached' });
    expect((await product.participants(meeting)).map(({ name }) => name)).toEqual(['Mona']);
  });
});

/** Somebody with a link, asking by HTTP what a page would never ask. */
class Asker {
  readonly #url: string;
  readonly #token: string;

  private constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  static async by(link: string, product: Product): Promise<Asker> {
    const ticket = link.split('/join/')[1] ?? '';
    const wish = { name: 'Eve' };
    const grant = await product.api<SoftphoneGrant>('POST', `/tickets/${ticket}/softphone`, wish);
    return new Asker(product.url, grant.feedToken);
  }

  async ask(method: string, path: string, body?: object): Promise<number> {
    const answer = await fetch(`${this.#url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    return answer.status;
  }

  /** The status of each act on a room and one of its people. */
  async rule({ id }: MeetingView, pid: string): Promise<number[]> {
    const person = `/meetings/${id}/participants/${pid}`;
    return [
      await this.ask('PATCH', person, { muted: true }),
      await this.ask('PATCH', person, { held: true }),
      await this.ask('DELETE', person),
      await this.ask('POST', `/meetings/${id}/mute-all`, { except: 'none' }),
      await this.ask('POST', `/meetings/${id}/lock`, { locked: true }),
    ];
  }

  async administer({ id }: MeetingView): Promise<number[]> {
    return [
      await this.ask('GET', '/meetings'),
      await this.ask('GET', `/meetings/${id}`),
      await this.ask('PATCH', `/meetings/${id}`, { name: 'Mine' }),
      await this.ask('POST', `/meetings/${id}/end`),
      await this.ask('DELETE', `/meetings/${id}`),
      await this.ask('POST', `/meetings/${id}/tickets`, { name: 'Eve', role: 'moderator' }),
      await this.ask('GET', '/accounts'),
      await this.ask('POST', '/accounts', { username: 'eve', name: 'Eve' }),
    ];
  }
}

async function expectUntouched(product: Product, meeting: MeetingView): Promise<void> {
  const now = await product.participants(meeting);
  expect(now.map(({ name, muted, held }) => ({ name, muted, held }))).toEqual([
    { name: 'Mona', muted: false, held: false },
    { name: 'Paul', muted: false, held: false },
  ]);
  const { state, name } = await product.api<MeetingView>('GET', `/meetings/${meeting.id}`);
  expect([state, name]).toEqual(['open', meeting.name]);
}
