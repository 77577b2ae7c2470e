import type { counts as english } from '../en/counts.ts';
import { plural } from '../plural.ts';

export const counts: typeof english = {
  people: (count) => plural(count, 'Person', 'Personen'),
};
