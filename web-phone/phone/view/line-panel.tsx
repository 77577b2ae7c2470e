import type { Signal } from '@preact/signals';
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { qualityWord } from '../../../protocol/room/quality.ts';
import type { Quality } from '../../../protocol/room/quality.ts';
import { SoundBars } from '../../style/sound-bars.tsx';
import { currentTongue, words } from '../../words/words.ts';
import { countOf, lineBetween } from '../line-quality.ts';
import type { LineCount, LineNumbers } from '../line-quality.ts';
import type { Softphone } from '../softphone.ts';
import type { CallView } from './in-call.tsx';

const LOOK_MS = 2_000;

/** The connection both ways, with its numbers; counted only while this is on the screen. */
export function LinePanel({ softphone, standing }: CallView) {
  const say = words('call').line;
  const line = useSignal<LineNumbers | undefined>(undefined);
  useEffect(() => follow(softphone, line), [softphone]);
  const there = standing.kind === 'inside' ? standing.row.quality : undefined;
  const here = line.value;
  return (
    <div class="line stack">
      <Direction title={say.youHear} quality={here && asQuality(here)}>
        {here && <Here line={here} />}
      </Direction>
      <Direction title={say.theyHear} quality={there}>
        {there && <There quality={there} line={here} />}
      </Direction>
      <p class="hint">{say.refreshed}</p>
    </div>
  );
}

/** Looks at once and then every two seconds; two looks make a line. */
function follow(softphone: Softphone, line: Signal<LineNumbers | undefined>): () => void {
  let before: LineCount | undefined;
  let over = false;
  const look = async () => {
    const report = await softphone.stats();
    const count = report && countOf(report.values());
    if (over) return;
    const between = before && count && lineBetween(before, count);
    if (between || !count) line.value = between;
    before = count;
  };
  void look();
  const timer = setInterval(() => void look(), LOOK_MS);
  return () => {
    over = true;
    clearInterval(timer);
  };
}

function asQuality({ mos, lossPercent, jitterMs, roundTripMs }: LineNumbers): Quality {
  return { mos, lossPercent, jitterMs, ...(roundTripMs !== undefined && { roundTripMs }) };
}

function Direction(props: {
  readonly title: string;
  readonly quality: Quality | undefined;
  readonly children: ComponentChildren;
}) {
  const say = words('call').line;
  const { title, quality } = props;
  if (quality === undefined)
    return (
      <section aria-label={title}>
        <h3>{title}</h3>
        <p class="soft">{say.notYet}</p>
      </section>
    );
  const word = qualityWord(quality);
  return (
    <section aria-label={title}>
      <h3 class="line-head">
        {title} <SoundBars quality={quality} />
      </h3>
      <p>
        <strong>{say.word[word]}</strong> <span class="soft">{say.about[word]}</span>
      </p>
      <dl class="line-facts">{props.children}</dl>
    </section>
  );
}

function Here({ line }: { readonly line: LineNumbers }) {
  const say = words('call').line;
  const { codec, lossPercent, jitterMs, roundTripMs, kbitIn, kbitOut, mos, way } = line;
  const transport = line.transport ?? '';
  return (
    <>
      <Fact name={say.mos}>{number(mos, 1)}</Fact>
      <Fact name={say.loss}>{percent(lossPercent)}</Fact>
      <Fact name={say.jitter}>{ms(jitterMs)}</Fact>
      <Fact name={say.roundTrip}>{roundTripMs === undefined ? say.unknown : ms(roundTripMs)}</Fact>
      <Fact name={say.codec}>{codec || say.unknown}</Fact>
      <Fact name={say.rateIn}>{kbit(kbitIn)}</Fact>
      <Fact name={say.rateOut}>{kbit(kbitOut)}</Fact>
      {way && (
        <Fact name={say.way}>{way === 'relay' ? say.relay(transport) : say.direct(transport)}</Fact>
      )}
    </>
  );
}

/** As the server measures us, over ten seconds and more. */
function There(props: { readonly quality: Quality; readonly line: LineNumbers | undefined }) {
  const say = words('call').line;
  const { mos, lossPercent, jitterMs, roundTripMs } = props.quality;
  const lostThere = props.line?.lossTherePercent;
  return (
    <>
      <Fact name={say.mos}>{number(mos, 1)}</Fact>
      <Fact name={say.loss}>{percent(lossPercent)}</Fact>
      {lostThere !== undefined && <Fact name={say.lossThere}>{percent(lostThere)}</Fact>}
      <Fact name={say.jitter}>{ms(jitterMs)}</Fact>
      {roundTripMs !== undefined && <Fact name={say.roundTrip}>{ms(roundTripMs)}</Fact>}
    </>
  );
}

function Fact(props: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

function number(value: number, digits: number, unit: Intl.NumberFormatOptions = {}): string {
  const { locale } = currentTongue();
  return new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    ...unit,
  }).format(value);
}

const percent = (value: number) => number(value / 100, 1, { style: 'percent' });
const ms = (value: number) => number(value, 0, { style: 'unit', unit: 'millisecond' });
const kbit = (value: number) => number(value, 0, { style: 'unit', unit: 'kilobit-per-second' });
