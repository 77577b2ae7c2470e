import type { AccountView } from '../../../protocol/http/views.ts';
import type { SettingsFile } from '../../../protocol/provisioning/files.ts';
import { Banner } from '../../style/banner.tsx';
import { Button } from '../../style/button.tsx';
import { nowMs } from '../../style/clock.ts';
import { Copy } from '../../style/copy.tsx';
import { formatDuration } from '../../style/format.ts';
import { QrCode } from '../../style/qr-code.tsx';
import { words } from '../../words/words.ts';
import { isOpenOnTheWay } from '../phone-makes.ts';
import type { MakeSettings, PhoneField, PhoneMake } from '../phone-makes.ts';

interface PanelProps {
  readonly make: PhoneMake;
  readonly account: AccountView;
  readonly settings: MakeSettings;
}

/** One make's ways to its settings. */
export function MakePanel({ make, account, settings }: PanelProps) {
  const say = words('console').provisioning;
  const { fields, file, fetches, isTried } = settings;
  const names = account.server.transports.map((each) => each.toUpperCase()).join(say.or);
  return (
    <>
      <p class="soft">{say.where[make]}</p>
      {fetches?.asQr && <Fetch make={make} account={account} fetches={fetches} />}
      {fields.length > 0 && <Fields fields={make === 'other' ? inWords(fields) : fields} />}
      {make === 'other' && <p class="hint">{say.transport(names)}</p>}
      {file && <File make={make} file={file} />}
      {fetches && !fetches.asQr && <Fetch make={make} account={account} fetches={fetches} />}
      {!isTried && <p class="hint">{say.untested}</p>}
    </>
  );
}

/** A line to copy, or a file to save; nothing where the phone takes neither. */
function File({ make, file }: Pick<PanelProps, 'make'> & { readonly file: SettingsFile }) {
  const say = words('console').provisioning;
  if (make === 'baresip')
    return (
      <section>
        <pre class="phone-line">{file.text.trim()}</pre>
        <Copy text={file.text} what={say.settings} words={say.copyAll} />
      </section>
    );
  if (say.fileAbout[make] === '') return null;
  return (
    <section>
      <h3>{say.file}</h3>
      <p class="hint">{say.fileAbout[make]}</p>
      <Button size="small" onClick={() => save(file)}>
        {say.save(file.name)}
      </Button>
    </section>
  );
}

/** What no make names for us is named in the page's language. */
function inWords(fields: readonly PhoneField[]): readonly PhoneField[] {
  const { label: known } = words('console').provisioning;
  return fields.map((field) => ({ ...field, label: known[field.label] ?? field.label }));
}

interface FieldsProps {
  readonly fields: readonly PhoneField[];
}

function Fields({ fields }: FieldsProps) {
  const say = words('console').provisioning;
  const optional = fields.filter(({ isOptional }) => isOptional);
  return (
    <section>
      <h3>{say.fields}</h3>
      <FieldList fields={fields.filter(({ isOptional }) => !isOptional)} />
      {optional.length > 0 && (
        <details class="more-fields">
          <summary>{say.optional}</summary>
          <FieldList fields={optional} />
        </details>
      )}
    </section>
  );
}

function FieldList({ fields }: FieldsProps) {
  return (
    <dl class="ways">
      {fields.map(({ label, value }) => (
        <div key={label} class="way">
          <dt>{label}</dt>
          <dd>
            <bdi class="way-value number">{value}</bdi>
            <Copy text={value} what={label} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

type FetchProps = Omit<PanelProps, 'settings'> & {
  readonly fetches: NonNullable<MakeSettings['fetches']>;
};

/** The address that a phone fetches its settings from, for as long as it is good. */
function Fetch({ make, account, fetches }: FetchProps) {
  const say = words('console').provisioning;
  const { url = '', expiresAt = '' } = account.provisioning ?? {};
  const leftMs = Date.parse(expiresAt) - nowMs.value;
  if (!(leftMs > 0)) return <p class="hint">{say.over}</p>;
  return (
    <section>
      {!fetches.asQr && <h3>{say.fetch}</h3>}
      {isOpenOnTheWay(url) && <Banner look="warning">{say.plain}</Banner>}
      {fetches.asQr ? (
        <QrCode text={fetches.address} label={say.qr} />
      ) : (
        <p class="hint">{say.fetchAbout[make]}</p>
      )}
      <span class="fetch-address">
        <code dir="ltr">{fetches.address}</code>
        <Copy text={fetches.address} what={say.address} />
      </span>
      <p class="hint">{say.goodFor(formatDuration(leftMs))}</p>
    </section>
  );
}

/** Hands a file to the browser to save; it never goes over the network. */
function save({ name, type, text }: SettingsFile): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
