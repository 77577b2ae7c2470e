export const language = {
  /** Beside the choice of languages; each is written in itself. */
  label: 'Language',
};
