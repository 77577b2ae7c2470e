import { plural } from '../plural.ts';

export const counts = {
  people: (count: number) => plural(count, 'person', 'people'),
};
