/** One line of the audit log, as the API shows it. */
export interface AuditEntryView {
  readonly seq: number;
  readonly at: string;
  readonly who: string;
  readonly from: string;
  readonly act: string;
  readonly meeting?: string | undefined;
  readonly subject?: string | undefined;
  readonly detail?: string | undefined;
  readonly outcome: string;
  readonly hash: string;
}

/** Whether the chain is whole; else the number of its first broken link. */
export type ChainView =
  | { readonly ok: true; readonly first: number; readonly last: number; readonly hash: string }
  | { readonly ok: false; readonly seq: number; readonly fault: string };
