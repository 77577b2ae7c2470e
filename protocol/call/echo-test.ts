/** What an account or a browser dials to hear itself; the star keeps it apart from every code and extension. */
export const ECHO_TEST = '*43';
