import { REMOVED_KEYS } from "../../../lib/config/removed-keys";
import { complaintsAbout } from "../../fixtures/config/config-folder";

describe("a key that configs had once", () => {
  const rows = REMOVED_KEYS.map(({ path, instead }) => [path.join("."), instead] as const);

  it.each(rows)("%s is refused with what to do about it, whatever its value", (path, instead) => {
    for (const value of [{ any: "value" }, 1, "text"]) {
      expect(complaintsAbout({ [path]: value })).toEqual([
        `${path} is no longer a key: ${instead}`,
      ]);
    }
  });

  it("is refused by its whole path only", () => {
    expect(complaintsAbout({ priceClasses: {} })).toEqual([
      expect.stringMatching(/^priceClasses is not a known key; /),
    ]);
  });
});
