/** What the console alone says, a table an area. */
export const consoleWords = {};
