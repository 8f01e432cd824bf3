// Words come from the server in the reader's language; script has none of its own.
const all: Record<string, string> = JSON.parse(document.body.dataset["words"] ?? "{}");

/** The word for `key`, or the key itself on pages that bring none. */
export const word = (key: string): string => all[key] ?? key;
