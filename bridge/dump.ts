import type { EngineStatus } from '../protocol/room/control.ts';
import type { Switchboard } from './switchboard.ts';

export interface BridgeDump {
  readonly nodes: readonly {
    readonly status: EngineStatus;
    /** Legs before a room or in one that came while we ran. */
    readonly callers: number;
    readonly comingIn: number;
    readonly wishes: Readonly<Record<string, object>>;
    readonly rooms: readonly {
      readonly room: string;
      readonly conference: string;
      readonly locked: boolean;
      readonly members: readonly {
        readonly leg: string;
        readonly memberId: number;
        readonly muted: boolean;
        readonly deaf: boolean;
        readonly held: boolean;
      }[];
    }[];
    /** Rooms that somebody waits for, or that call somebody. */
    readonly halls: readonly {
      readonly room: string;
      readonly lobby: readonly string[];
      readonly calls: readonly { readonly leg: string; readonly state: string }[];
    }[];
  }[];
}

export function dumpOf(boards: readonly Switchboard[]): BridgeDump {
  return { nodes: boards.map(nodeOf) };
}

function nodeOf({ node, ledger, callers }: Switchboard): BridgeDump['nodes'][number] {
  const rooms = [...ledger.rooms.values()].map(({ life, locked, members }) => ({
    ...life,
    locked,
    members: [...members].map(([leg, { memberId, row }]) => {
      const { muted, deaf, held } = row;
      return { leg, memberId, muted, deaf, held };
    }),
  }));
  const halls = [...ledger.halls].map(([room, hall]) => ({
    room,
    lobby: [...hall.lobby.keys()],
    calls: [...hall.calls.values()].map(({ id, state }) => ({ leg: id, state })),
  }));
  const wishes = Object.fromEntries(
    [...ledger.standings].flatMap(([leg, { wish }]) => (wish === undefined ? [] : [[leg, wish]])),
  );
  return { status: node.status(), callers, comingIn: ledger.places.size, wishes, rooms, halls };
}
