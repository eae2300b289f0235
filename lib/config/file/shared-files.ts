import { join } from "node:path";
import { JsonDocument } from "./json-document";

/** Where shared files lie, below the environments' folder: a file there is no environment. */
const NAME = /^shared\/[A-Za-z0-9_-]+\.json$/;
/** What each environment says for itself. */
const OWN_KEYS = ["autopilotSites", "retiredSiteIds"];

interface Chain {
  readonly documents: readonly JsonDocument[];
  readonly problems: readonly string[];
}

/** The files that environments extend (`"extends": "shared/<name>.json"`), each read once. */
export class SharedFiles {
  readonly #documents = new Map<string, JsonDocument>();
  readonly #chains = new Map<JsonDocument, Chain>();

  /**
   * @param directory the environments' folder
   * @param shown that folder as messages show it
   */
  constructor(
    private readonly directory: string,
    private readonly shown: string,
  ) {}

  /** The files that an environment's file extends, nearest first: a shared one may extend another. */
  extendedBy(own: JsonDocument): readonly JsonDocument[] {
    return this.#chainOf(own).documents;
  }

  /** What is wrong with how an environment's file extends others. */
  problemsOf(own: JsonDocument): readonly string[] {
    return this.#chainOf(own).problems;
  }

  #chainOf(own: JsonDocument): Chain {
    const known = this.#chains.get(own);
    if (known) return known;
    const chain = this.#follow(own);
    this.#chains.set(own, chain);
    return chain;
  }

  #follow(own: JsonDocument): Chain {
    const documents: JsonDocument[] = [];
    const names: string[] = [];
    for (let name = extendsOf(own); name !== undefined; name = extendsOf(documents.at(-1))) {
      if (!NAME.test(name)) break; // of an environment's file the schema says so
      if (names.includes(name)) {
        const circle = [...names.slice(names.indexOf(name)), name].join(" extends ");
        return { documents: [], problems: [`leads in a circle: ${circle}; take one of them out`] };
      }
      names.push(name);
      documents.push(this.#read(name));
    }
    return { documents, problems: [] };
  }

  #read(name: string): JsonDocument {
    const known = this.#documents.get(name);
    if (known) return known;
    const document = JsonDocument.read(join(this.directory, name), join(this.shown, name));
    for (const problem of problemsOfShared(document)) document.complain(...problem);
    this.#documents.set(name, document);
    return document;
  }
}

function* problemsOfShared(document: JsonDocument): Generator<[path: string[], message: string]> {
  const { value } = document;
  if (value === undefined) return;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    yield [[], "must be an object with keys of environments; correct it"];
    return;
  }
  for (const key of OWN_KEYS.filter((own) => own in value)) {
    yield [[key], "is each environment's own; move it to the files of the environments"];
  }
  const name = extendsOf(document);
  if ("extends" in value && (name === undefined || !NAME.test(name))) {
    yield [["extends"], 'must be a file like "shared/defaults.json"; correct it, or remove it'];
  }
}

function extendsOf(document: JsonDocument | undefined): string | undefined {
  const name = (document?.value as { readonly extends?: unknown } | null | undefined)?.extends;
  return typeof name === "string" ? name : undefined;
}
