/** What the tab says of a call. */
export interface TitleFacts {
  readonly meeting: string;
  readonly muted: boolean;
  /** Who wait for a moderator: hands, questions, people before the door. */
  readonly asking: number;
}

/** `● Name` while the microphone is open, `○ Name` while it is not; before it how many ask for something. */
export function callTitle({ meeting, muted, asking }: TitleFacts): string {
  const count = asking > 0 ? `(${asking}) ` : '';
  return `${count}${muted ? '○' : '●'} ${meeting}`;
}
