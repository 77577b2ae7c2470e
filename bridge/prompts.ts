/** What a caller may hear before a room. Each is `<promptsDir>/en/<prompt>.wav`. */
export type Prompt =
  | 'welcome-enter-code'
  | 'wrong-code'
  | 'goodbye'
  | 'meeting-full'
  | 'meeting-locked'
  | 'meeting-ended'
  | 'joining';

export function promptFile(promptsDir: string, prompt: Prompt): string {
  return `${promptsDir.replace(/\/+$/, '')}/en/${prompt}.wav`;
}
