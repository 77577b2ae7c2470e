import type { Role, RoomId } from '../protocol/room/room.ts';
import type { Basics } from './basics.ts';
import { codeDigest, newCode } from './rules/codes.ts';

/** What a code opens. */
export interface CodeOwner {
  readonly room: RoomId;
  readonly role: Role;
  readonly person?: { readonly id: string; readonly name: string };
}

/** Every live code, kept by its digest. No two meetings or persons share one. */
export class Codes {
  readonly #basics: Basics;

  constructor(basics: Basics) {
    this.#basics = basics;
  }

  /** A code nobody has, from now on this owner's. */
  async claim(owner: CodeOwner): Promise<string> {
    for (;;) {
      const code = newCode(this.#basics.random);
      if (await this.#basics.store.create(this.#key(code), { value: owner })) return code;
    }
  }

  /** The same code once more where nobody has got it meanwhile, else another. */
  async claimAgain(code: string, owner: CodeOwner): Promise<string> {
    const kept = await this.#basics.store.update<CodeOwner>(this.#key(code), (now) =>
      now === undefined || now.room === owner.room ? { value: owner } : undefined,
    );
    return kept ? code : this.claim(owner);
  }

  async reassign(code: string, owner: CodeOwner): Promise<void> {
    await this.#basics.store.put(this.#key(code), { value: owner });
  }

  async release(code: string): Promise<void> {
    await this.#basics.store.delete(this.#key(code));
  }

  find(code: string): Promise<CodeOwner | undefined> {
    return this.#basics.store.get<CodeOwner>(this.#key(code));
  }

  #key(code: string): string {
    return `code:${codeDigest(code, this.#basics.keys.codes)}`;
  }
}
