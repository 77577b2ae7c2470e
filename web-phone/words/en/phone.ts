/** What the softphone alone says, a table an area. */
export const phoneWords = {};
