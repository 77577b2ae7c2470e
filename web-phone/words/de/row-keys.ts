/** How one goes through a list of people by keys: in the console's room and in a call. */
export const rowKeys =
  'Mit den Pfeiltasten gehen Sie von Person zu Person und zu dem, was sich bei jeder tun lässt.';
