import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import environmentSchema from "../../../config/environment.schema.json";

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
}

/** Each key's path, `fleet.nodes`, and its name. */
function keysOf({ properties = {}, items, oneOf = [] }: Schema, path: string): [string, string][] {
  return [
    ...[...oneOf, ...(items ? [items] : [])].flatMap((one) => keysOf(one, path)),
    ...Object.entries(properties).flatMap(([name, schema]) => {
      const place = path === "" ? name : `${path}.${name}`;
      return [[place, name] as [string, string], ...keysOf(schema, place)];
    }),
  ];
}

/** Where keys are loaded, ordered, judged and edited, but not yet used. */
const NO_USE = /^config\/(file|edit|rules|canonical-environment)|\.generated\.ts$/;
const TEXT = readdirSync("lib", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && !NO_USE.test(file))
  .map((file) => readFileSync(join("lib", file), "utf8"))
  .join("\n");

function isRead(name: string): boolean {
  // As a member, or taken out of an object.
  return new RegExp(`\\.${name}\\b|[{,]\\s*${name}\\s*[,:=}]`).test(TEXT);
}

it("reads each key that a config may have", () => {
  const keys = keysOf(environmentSchema as unknown as Schema, "");
  expect(keys.length).toBeGreaterThan(100);
  const unread = keys.filter(([, name]) => !isRead(name));
  // For editors, for what configs share, and for the rule that no id is given twice.
  expect(unread.map(([path]) => path)).toEqual(["$schema", "extends", "retiredSiteIds"]);
});
