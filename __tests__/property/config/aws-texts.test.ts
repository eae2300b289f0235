import fc from "fast-check";
import type { Environment } from "../../../lib/config/environment";
import { RoutedError } from "../../../lib/errors";
import type { RawEnvironment } from "../../fixtures/config/config-folder";
import { judgeTexts } from "../../support/aws-texts/judge-stack";
import { afterDeploy, bootstrap, planned } from "../../support/every-stack";
import { FULL_ENVIRONMENTS, loadFullEnvironments } from "../../support/full-environments";
import { CONFIG_SCHEMA, textsIn, withText } from "../../support/schema-texts";
import type { TextSchema } from "../../support/schema-texts";
import { runs } from "../../support/random-tests";

/** An environment by its name, as a file's text would be. */
interface Named {
  readonly name: string;
  readonly raw: RawEnvironment;
}

/** As long as a schema allows, by its last character again and again. */
function longest(text: string, most: number): string {
  const points = [...text];
  return text + (points.at(-1) ?? "x").repeat(Math.max(0, most - points.length));
}

/** What a schema takes, short and as long as may be. */
function fitting({ pattern = "^.*$", maxLength = 300 }: TextSchema): fc.Arbitrary<string> {
  const texts = fc.stringMatching(new RegExp(pattern)).map((text) => text.slice(0, maxLength));
  return fc.oneof(
    texts,
    texts.map((text) => longest(text, maxLength)),
  );
}

/** What AWS takes in few places. */
const odd = fc.oneof(
  fc.constantFrom("it's", "a b", "a:b", "ä", "aws:a", "sg-a", "internal-a", "xn--a", "x\n"),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }),
);

const environmentName = fc.oneof(
  { weight: 9, arbitrary: fitting({ pattern: "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", maxLength: 16 }) },
  { weight: 1, arbitrary: fc.constantFrom("it's", "a b", "a--b", "-a", "ä", "A") },
);

/** A full environment with some of its texts replaced, wherever they come, and another name. */
const environment: fc.Arbitrary<Named> = fc
  .constantFrom(...Object.values(FULL_ENVIRONMENTS))
  .chain((raw) => {
    const texts = textsIn(CONFIG_SCHEMA, raw).filter((one) => !one.schema.format);
    const change = fc.constantFrom(...texts).chain(({ text, schema: own }) => {
      const others = fc.oneof(
        { weight: 9, arbitrary: fitting(own) },
        { weight: 1, arbitrary: odd },
      );
      return others.map((other) => ({ text, other }));
    });
    return fc.tuple(environmentName, fc.array(change, { maxLength: 2 })).map(([name, changes]) => ({
      name,
      raw: changes.reduce<RawEnvironment>(
        (value, { text, other }) => withText(value, text, other),
        raw,
      ),
    }));
  });

function load({ name, raw }: Named): Environment[] | null {
  try {
    return loadFullEnvironments({ [name]: raw });
  } catch (error) {
    if (error instanceof RoutedError && error.code === "invalid-config") return null;
    throw error;
  }
}

it("lets no text of a config that the loader takes reach AWS that refuses it", () => {
  const outcomes = { taken: 0, refused: 0 };
  fc.assert(
    fc.property(environment, (named) => {
      const environments = load(named);
      outcomes[environments === null ? "refused" : "taken"] += 1;
      for (const one of environments ?? []) {
        expect(judgeTexts(planned(one, afterDeploy(one))).complaints).toEqual([]);
        expect(judgeTexts(bootstrap([one])).complaints).toEqual([]);
      }
    }),
    { numRuns: runs(24) },
  );
  // The generator makes both.
  expect(Math.min(outcomes.taken, outcomes.refused)).toBeGreaterThan(5);
});
