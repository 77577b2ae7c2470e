/**
 * In a room of more people nobody chooses whom they do not hear: with one such relation FreeSWITCH
 * compares everybody with everybody for each sample (mod_conference.c), and would no longer keep time.
 */
export const MOST_INSIDE = 50;
