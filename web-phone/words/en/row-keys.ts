/** How one goes through a list of people by keys: in the console's room and in a call. */
export const rowKeys = 'Arrow keys go from person to person and along what can be done about each.';
