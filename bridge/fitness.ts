/** The oldest release that we are held to; the ones before it have known holes (CVE-2026-49840 and others). */
export const OLDEST_VERSION = '1.11.1';

/** What each module of freeswitch-conf gives; without one of them the bridge's commands or calls fail. */
export const NEEDED_MODULES: Readonly<Record<string, string>> = {
  mod_commands: 'commands such as status and uuid_kill',
  mod_conference: 'rooms',
  mod_dialplan_xml: 'the way from a call to the bridge',
  mod_dptools: 'answering, playing and asking for digits',
  mod_event_socket: 'the event socket itself',
  mod_opus: "browsers' audio",
  mod_sndfile: 'prompts and recordings',
  mod_sofia: 'calls',
  mod_spandsp: 'G.722',
  mod_tone_stream: 'tones and silence',
};

/** The numbers that a version begins with; undefined where it is none. */
function numbers(version: string): readonly number[] | undefined {
  const match = /^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(version);
  return match?.slice(1).map((part: string | undefined) => Number(part ?? 0));
}

/** Whether a version such as `1.11.1-release` comes before `oldest`; false where it cannot be read. */
export function isOlder(version: string, oldest: string): boolean {
  const [found, wanted] = [numbers(version), numbers(oldest)];
  if (found === undefined || wanted === undefined) return false;
  const at = found.findIndex((part, place) => part !== wanted[place]);
  return at >= 0 && (found[at] ?? 0) < (wanted[at] ?? 0);
}

/** What should be mended at a FreeSWITCH that we joined, an English sentence each. */
export function warningsOf(
  node: string,
  {
    version,
    missing,
  }: { readonly version: string | undefined; readonly missing: readonly string[] },
): readonly string[] {
  const old =
    version !== undefined && isOlder(version, OLDEST_VERSION)
      ? [`FreeSWITCH at ${node} is ${version}: update it to ${OLDEST_VERSION} or later.`]
      : [];
  const modules = missing.map(
    (module) =>
      `FreeSWITCH at ${node} lacks ${module}, which gives ${NEEDED_MODULES[module] ?? 'what we need'}: load it in modules.conf.xml.`,
  );
  return [...old, ...modules];
}
