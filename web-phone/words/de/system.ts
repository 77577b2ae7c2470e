import type { system as english } from '../en/system.ts';
import { trunks } from './trunks.ts';

type Values = Readonly<Record<string, string | number>>;

/** Why a trunk does not stand, where its kind is told and known. */
function trunkTrouble({ trouble = '', status, reason = '' }: Values): string | undefined {
  const say = new Map(Object.entries(trunks.trouble)).get(String(trouble));
  return say?.(status === undefined ? '' : trunks.said(Number(status), String(reason)));
}

/** `2026-12-30` as people write it. */
const day = (iso: string | number | undefined) => String(iso).split('-').reverse().join('.');

/** `2.4` as people write it. */
const comma = (value: string | number | undefined) => String(value).replace('.', ',');

const place = (what: string | number | undefined) =>
  what === 'recordings' ? 'die Aufzeichnungen' : 'DATA_DIR';

export const system: typeof english = {
  heading: 'System',
  copy: 'Kopieren',
  copyWhat: 'den Zustand des Systems',
  well: 'Alles in Ordnung',
  warnings: (count) => (count === 1 ? '1 Hinweis' : `${count} Hinweise`),
  faults: (count) => (count === 1 ? '1 Fehler' : `${count} Fehler`),
  findings: 'Was geprüft wurde',
  mark: { ok: 'In Ordnung', warning: 'Ansehen', fault: 'Beheben' },
  finding: {
    'nodes-up': ({ count }) => [
      count === 1 ? 'FreeSWITCH nimmt Anrufe an.' : `Alle ${count} FreeSWITCH nehmen Anrufe an.`,
    ],
    'node-dead': ({ id }) => [
      `FreeSWITCH ${id} beantwortet weder Anrufe noch Befehle.`,
      'Starten Sie ihn; dann auf diesem Rechner: npm run freeswitch:check.',
    ],
    'node-doubted': ({ id }) => [
      `FreeSWITCH ${id} beantwortet nur eines von Anrufen und Befehlen.`,
      'Auf diesem Rechner: npm run freeswitch:check.',
    ],
    'node-warning': ({ id, warning }) => [
      `FreeSWITCH ${id}: ${warning}`,
      'Auf diesem Rechner: npm run freeswitch:check.',
    ],
    'node-refuses-calls': ({ id }) => [
      `FreeSWITCH ${id} weist unsere Anrufe ab: Seine Zugriffsliste kennt deren Herkunft nicht.`,
      'Setzen Sie PARTYLINE_GATEWAY_CIDR auf die Adresse von drachtio-server und starten Sie FreeSWITCH neu.',
    ],
    'node-busy': ({ id, idle }) => [
      `FreeSWITCH ${id} hat noch ${idle} % seiner Prozessoren frei: Der Ton kann abreißen.`,
      'Verlegen Sie Räume auf einen anderen, oder nehmen Sie einen dazu.',
    ],
    'node-full': ({ id, sessions, most }) => [
      `FreeSWITCH ${id} hat ${sessions} von ${most} Sitzungen.`,
      'Erhöhen Sie max-sessions in switch.conf.xml, oder nehmen Sie einen FreeSWITCH dazu.',
    ],
    'node-draining': ({ id }) => [
      `FreeSWITCH ${id} nimmt keine neuen Räume an: Er wird gerade geleert.`,
      'Lassen Sie ihn wieder Räume annehmen, sobald die Arbeit an ihm fertig ist.',
    ],
    'no-node-open': () => [
      'Jeder FreeSWITCH, der läuft, wird geleert: Kein neuer Raum kann öffnen.',
      'Lassen Sie einen davon wieder Räume annehmen.',
    ],
    'sip-up': ({ address }) => [`Telefone und Browser können anrufen, unter ${address}.`],
    'sip-away': ({ trouble }) => [
      `Telefone und Browser können nicht anrufen: drachtio-server ist nicht verbunden. ${trouble}`,
      'Starten Sie drachtio-server; dann auf diesem Rechner: npm run drachtio:check.',
    ],
    'trunks-up': ({ count }) => [count === 1 ? 'Der Trunk steht.' : `Alle ${count} Trunks stehen.`],
    'trunk-down': ({ name, detail, ...why }) => [
      `Keine Anrufe über den Trunk ${name}. ${trunkTrouble(why) ?? detail}`,
      'Prüfen Sie unter „Trunks“ Server, Benutzername und Passwort, und testen Sie ihn dort.',
    ],
    'store-up': ({ ms }) => [`Der Speicher antwortet in ${ms} ms.`],
    'store-slow': ({ ms, store }) => [
      `Der Speicher braucht ${ms} ms für eine Antwort.`,
      store === 'redis'
        ? 'Redis näher heranholen oder besser ausstatten.'
        : 'DATA_DIR auf einen schnelleren Datenträger legen.',
    ],
    'store-away': ({ store }) => [
      'Der Speicher antwortet nicht: Neue Anrufe kommen nicht herein. Laufende gehen weiter.',
      store === 'redis'
        ? 'Redis starten, oder REDIS_URL prüfen.'
        : 'Den Datenträger von DATA_DIR prüfen.',
    ],
    'clock-right': ({ seconds }) => [`Die Uhren stimmen auf ${comma(seconds)} s überein.`],
    'clock-off': ({ seconds }) => [
      `Die Uhr dieses Rechners weicht ${comma(seconds)} s von der des Speichers ab.`,
      'Lassen Sie chrony oder systemd-timesyncd die Uhren stellen: Tickets und Codes richten sich danach.',
    ],
    'disk-enough': ({ what, free }) => [`Für ${place(what)} sind ${free} MiB frei.`],
    'disk-little': ({ what, free }) => [
      `Für ${place(what)} sind nur ${free} MiB frei.`,
      what === 'recordings'
        ? 'Alte Aufzeichnungen löschen, RECORDING_DAYS setzen, oder in CALL_FILES_DIR einen anderen Datenträger nennen.'
        : 'Platz schaffen, oder in DATA_DIR einen anderen Datenträger nennen.',
    ],
    'memory-enough': ({ mib, percent }) => [
      `Dieser Prozess belegt ${mib} MiB Arbeitsspeicher, ${percent} % des Rechners.`,
    ],
    'memory-little': ({ mib, percent }) => [
      `Dieser Prozess belegt ${mib} MiB Arbeitsspeicher, ${percent} % des Rechners.`,
      'Dem Rechner mehr Arbeitsspeicher geben, oder die Räume auf mehrere verteilen.',
    ],
    'loop-quick': ({ ms }) => [`Dieser Prozess reagiert in 99 von 100 Fällen binnen ${ms} ms.`],
    'loop-slow': ({ ms }) => [
      `Dieser Prozess reagiert erst nach ${ms} ms: Klicks und Anrufe warten auf ihn.`,
      'Geben Sie ihm einen eigenen Prozessor, oder nehmen Sie ihm Arbeit ab: Am meisten hilft ein echter FreeSWITCH statt des eingebauten.',
    ],
    'certificate-good': ({ until }) => [`Das Zertifikat gilt bis ${day(until)}.`],
    'certificate-ends': ({ days }) => [
      `Das Zertifikat läuft in ${days} Tagen ab.`,
      'Erneuern, dann SIGHUP senden: Anrufe gehen weiter.',
    ],
    'certificate-over': ({ until }) => [
      `Das Zertifikat ist am ${day(until)} abgelaufen.`,
      'Erneuern, dann SIGHUP senden: Anrufe gehen weiter.',
    ],
    'certificate-early': () => [
      'Das Zertifikat gilt noch nicht.',
      'Stellen Sie die Uhr dieses Rechners.',
    ],
    'certificate-other': ({ host }) => [
      `Das Zertifikat ist nicht für ${host}.`,
      `Holen Sie eines für ${host}, oder setzen Sie PUBLIC_URL auf dessen Namen.`,
    ],
    'web-plain': ({ host }) => [
      `Die Seiten kommen unverschlüsselt von ${host}: Browser geben ihnen kein Mikrofon.`,
      'Setzen Sie TLS_CERT und TLS_KEY, oder PUBLIC_URL auf die https-Adresse eines Proxys.',
    ],
    'web-elsewhere': ({ host }) => [`Für ${host} braucht dieser Prozess kein eigenes Zertifikat.`],
  },
  now: 'Jetzt',
  calls: 'Anrufe',
  people: 'Personen in Räumen',
  rooms: 'Räume',
  phones: 'Registrierte Telefone',
  ofAccounts: (count) => `von ${count}`,
  nodes: 'FreeSWITCH',
  node: {
    up: 'Nimmt Anrufe an',
    doubted: 'Antwortet nur zum Teil',
    dead: 'Antwortet nicht',
    draining: 'Nimmt keine neuen Räume an',
  },
  embedded: 'eingebaut',
  version: 'Version',
  up: 'Läuft seit',
  seen: 'Letzte Antwort',
  sessions: 'Sitzungen',
  idle: 'Prozessoren frei',
  carries: (people, rooms) =>
    `${people} ${people === 1 ? 'Person' : 'Personen'}, ${rooms} ${rooms === 1 ? 'Raum' : 'Räume'}`,
  load: 'Auslastung',
  drivenBy: 'Gesteuert von',
  drain: 'Leeren',
  drainOf: (id) => `${id} leeren`,
  undrain: 'Wieder Räume annehmen',
  undrainOf: (id) => `Wieder Räume annehmen: ${id}`,
  drainTitle: (id) => `${id} leeren?`,
  drainAbout:
    'Er nimmt keine neuen Räume an. Die offenen bleiben, bis sie von selbst enden, oder gehen jetzt auf einem anderen FreeSWITCH weiter: Dort hören alle eine kurze Lücke.',
  drainWait: 'Auslaufen lassen',
  drainMove: 'Jetzt verlegen',
  sip: 'Telefone und SIP',
  server: 'Server',
  joined: 'Verbunden',
  away: 'Nicht verbunden',
  address: 'Adresse für Telefone',
  transports: 'Transporte',
  trunks: 'Trunks',
  trunk: {
    registered: 'registriert',
    reachable: 'erreichbar',
    trying: 'nicht erreicht',
    refused: 'abgewiesen',
    off: 'nimmt nur Anrufe an',
  },
  noTrunks: 'Keine',
  store: 'Speicher und Datenträger',
  kind: 'Art',
  answers: 'Antwortet in',
  noAnswer: 'Keine Antwort',
  size: 'Größe',
  clock: 'Seine Uhr gegenüber unserer',
  free: { data: 'Frei für DATA_DIR', recordings: 'Frei für Aufzeichnungen' },
  freeOf: (free, total) => `${free} von ${total}`,
  used: { data: 'In DATA_DIR', recordings: 'Aufzeichnungen' },
  process: 'Dieser Prozess',
  others: 'Prozesse mit demselben Speicher',
  thisOne: 'dieser',
  drives: (nodes) => (nodes === '' ? 'steuert keinen' : `steuert ${nodes}`),
  partyline: 'Partyline',
  node20: 'Node',
  host: 'Rechner',
  pid: (pid) => `Prozess ${pid}`,
  since: 'Läuft seit',
  memory: 'Arbeitsspeicher',
  late: 'Verzögerung (Median, 99 %, Maximum)',
  loadAverage: 'Last',
  ofProcessors: (load, count) => `${load} bei ${count} Prozessoren`,
  time: 'Seine Uhr',
  web: 'Web-Adresse',
  certificate: 'Zertifikat bis',
};
