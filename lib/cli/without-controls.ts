/** What a terminal acts on: control characters but for line ends and tabs, and what turns text around. */
// eslint-disable-next-line no-control-regex -- it is what they are looked for by
const CONTROLS = /[\0-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The same text with them told by number (`\u001b`), as JSON's strings have them too. */
export function withoutControls(text: string): string {
  return text.replace(
    CONTROLS,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
