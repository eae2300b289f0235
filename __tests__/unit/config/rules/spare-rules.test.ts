import { complaintsAbout } from "../../../fixtures/config/config-folder";

describe("fleet.spareNodes", () => {
  it("is 0 to 8", () => {
    expect(complaintsAbout({ "fleet.spareNodes": 0 })).toEqual([]);
    expect(complaintsAbout({ "fleet.spareNodes": 8 })).toEqual([]);
    const allowed = "fleet.spareNodes must be an integer between 0 and 8";
    expect(complaintsAbout({ "fleet.spareNodes": 9 })).toEqual([`${allowed}, got 9; lower it`]);
    expect(complaintsAbout({ "fleet.spareNodes": -1 })).toEqual([`${allowed}, got -1; raise it`]);
  });

  it("is not had together with cells, nor with the placement spread", () => {
    const cells = [{ name: "a", nodes: [0, 1, 2] }];
    expect(complaintsAbout({ "fleet.cells": cells, "fleet.spareNodes": 1 })).toEqual([
      "fleet.spareNodes must be 0 when fleet.cells is given, got 1; remove one of the two",
    ]);
    expect(complaintsAbout({ "routed.placement": "spread", "fleet.spareNodes": 1 })).toEqual([
      'fleet.spareNodes must be 0 when routed.placement is "spread", got 1; ' +
        "set that to daemon or remove fleet.spareNodes",
    ]);
  });

  it("lets spares be frozen that there are", () => {
    expect(complaintsAbout({ "fleet.spareNodes": 1, "fleet.frozenNodes": [200] })).toEqual([]);
    expect(complaintsAbout({ "fleet.spareNodes": 1, "fleet.frozenNodes": [201] })).toEqual([
      "fleet.frozenNodes[0] must be between 0 and 2 when fleet.nodes is 3, or a spare's, 200 to 200, " +
        "got 201; a frozen node is never removed: take it off the list or add nodes",
    ]);
    expect(complaintsAbout({ "fleet.frozenNodes": [200] })).toEqual([
      "fleet.frozenNodes[0] must be between 0 and 2 when fleet.nodes is 3, got 200; " +
        "a frozen node is never removed: take it off the list or add nodes",
    ]);
  });
});
