/**
 * Which process drives which node: as even as it can be, and by the same list of nodes and processes
 * the same everywhere. Each node goes to the process that it likes best (rendezvous hashing) of those
 * that have not their share yet. Empty where nobody lives.
 */
export function assign(
  nodes: readonly string[],
  processes: readonly string[],
): ReadonlyMap<string, string> {
  const most = Math.ceil(nodes.length / processes.length);
  const loads = new Map(processes.map((process) => [process, 0]));
  const homes = new Map<string, string>();
  for (const node of [...nodes].sort()) {
    const free = processes.filter((process) => (loads.get(process) ?? 0) < most);
    const home = best(node, free);
    if (home === undefined) continue;
    homes.set(node, home);
    loads.set(home, (loads.get(home) ?? 0) + 1);
  }
  return homes;
}

function best(node: string, processes: readonly string[]): string | undefined {
  let found: { readonly process: string; readonly weight: number } | undefined;
  for (const process of [...processes].sort()) {
    const weight = hash(`${node} ${process}`);
    if (found === undefined || weight > found.weight) found = { process, weight };
  }
  return found?.process;
}

/** FNV-1a, with the last mixing of MurmurHash3 so that near names fall apart. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let at = 0; at < text.length; at++)
    state = Math.imul(state ^ text.charCodeAt(at), 0x01000193);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}
