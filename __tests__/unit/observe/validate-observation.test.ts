import { readFileSync } from "node:fs";
import { join } from "node:path";
import schema from "../../../lib/observe/observation.schema.json";
import { validateObservation } from "../../../lib/observe/validate-observation";
import { validatorSource } from "../../../scripts/validator-source";
import { observationOfFakeAccount } from "../../support/fake-aws/fake-account";

const FOLDER = join(__dirname, "../../../lib/observe");

describe("the generated validator", () => {
  it("is what the schema gives", () => {
    // ajv remarks that "integer or null" is a union; it is meant.
    jest.spyOn(console, "warn").mockImplementation(() => undefined);
    const source = validatorSource(
      schema as unknown as Parameters<typeof validatorSource>[0],
      "lib/observe/observation.schema.json",
      "../config/cidr",
    );
    expect(readFileSync(join(FOLDER, "observation-validator.generated.ts"), "utf8")).toBe(source);
  });
});

describe("validation", () => {
  it("gives back a valid observation itself", () => {
    const observation = observationOfFakeAccount();
    expect(validateObservation(observation)).toEqual({ valid: true, observation });
  });

  it.each([-1, 0, 1, 1.5])("of slot %d is of a whole number from 0", (slot) => {
    const observation = observationOfFakeAccount(1);
    observation.instances[0]!.slot = slot;
    expect(validateObservation(observation).valid).toBe(Number.isInteger(slot) && slot >= 0);
  });

  it("shortens long values", () => {
    const observation = observationOfFakeAccount(1);
    observation.instances[0]!.amiId = "x".repeat(100);
    expect(validateObservation(observation)).toEqual({
      valid: false,
      violations: [`instances[0].amiId must match ^ami-, got "${"x".repeat(76)}...`],
    });
  });
});
