/** What one message may measure. Beyond these it is answered 513 or its connection is closed. */
export const LIMITS = {
  /** Start line, headers and body together. */
  messageBytes: 65_535,
  /** Header lines before unfolding lists. */
  headerLines: 100,
  /** Header values after lists are taken apart. */
  headerValues: 300,
  vias: 70,
  /** One header line, folds joined. */
  lineChars: 8_192,
} as const;
