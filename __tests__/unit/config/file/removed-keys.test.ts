import { REMOVED_KEYS } from "../../../../lib/config/file/removed-keys";
import { complaintsAbout } from "../../../fixtures/config/config-folder";

describe("a key that configs had once", () => {
  it.each([...REMOVED_KEYS])("%s is refused, whatever its value", (path, remedy) => {
    for (const [value, shown] of [
      [1, "1"],
      ["text", '"text"'],
      [null, "null"],
    ] as const) {
      expect(complaintsAbout({ [path]: value })).toEqual([
        `${path} is no longer a key, got ${shown}; ${remedy}`,
      ]);
    }
  });

  it("is refused at its own place only", () => {
    expect(complaintsAbout({ "fleet.apiRouting": "node-router" })).toEqual([
      expect.stringMatching(/^fleet\.apiRouting is not a known key/) as string,
    ]);
    expect(complaintsAbout({ constructor: 1 })).toEqual([
      expect.stringMatching(/^constructor is not a known key/) as string,
    ]);
  });
});
