/** What the server refuses in the console alone, as in `problems`: by its type, or its type and field. */
export const houseProblems: Readonly<Record<string, string>> = {};
