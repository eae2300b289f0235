import {
  complaintsAbout,
  environmentWith,
  loadFiles,
} from "../../../fixtures/config/config-folder";

const CELLS = [
  { name: "a", nodes: [0, 1, 2] },
  { name: "b", nodes: [3, 4, 5] },
];
const about = (cells: unknown, fields: Record<string, unknown> = {}): string[] =>
  complaintsAbout({ "fleet.nodes": 6, "fleet.cells": cells, ...fields });
const site = (cell?: string) => ({
  autopilotSites: [{ id: 1, name: "ord", bgpPeers: ["2001:db8::/48"], cell }],
});

describe("fleet.cells", () => {
  it("divides all slots", () => {
    expect(about(CELLS)).toEqual([]);
    expect(about([{ name: "a", nodes: [0, 1, 2, 3, 4] }])).toEqual([
      "fleet.cells must have every slot from 0 to 5, and lacks 5; add it to a cell",
    ]);
    expect(about([{ name: "a", nodes: [0, 1, 2, 3] }])).toEqual([
      "fleet.cells must have every slot from 0 to 5, and lacks 4, 5; add them to a cell",
    ]);
  });

  it("has each slot once, and none that is not there", () => {
    expect(about([CELLS[0], { name: "b", nodes: [2, 3, 4, 5] }])).toEqual([
      "fleet.cells[1].nodes[0] must be in one cell only, got 2, which is in cell a too; take it off one of them",
    ]);
    expect(about([CELLS[0], { name: "b", nodes: [3, 4, 5, 6] }])).toEqual([
      "fleet.cells[1].nodes[3] must be between 0 and 5 when fleet.nodes is 6, got 6; raise fleet.nodes or take it off the cell",
    ]);
  });

  it("has unique names", () => {
    expect(about([CELLS[0], { name: "a", nodes: [3, 4, 5] }])).toEqual([
      'fleet.cells[1].name must be unique in its environment, got "a", which is item [0]\'s too; rename it',
    ]);
  });

  it("holds all tasks of a PoP in each cell", () => {
    const cells = [
      { name: "a", nodes: [0, 1] },
      { name: "b", nodes: [2, 3, 4, 5] },
    ];
    expect(about(cells)).toEqual([]);
    expect(about(cells, { "routed.tasksPerPop": 3 })).toEqual([
      "fleet.cells[0].nodes must have at least 3 slots when routed.tasksPerPop is 3, got 2; add slots or lower routed.tasksPerPop",
    ]);
  });

  it("needs as many zones as a PoP has tasks", () => {
    const zones = (count: number) => ({
      "routed.tasksPerPop": 3,
      "aws.availabilityZones": ["us-east-2a", "us-east-2b", "us-east-2c"].slice(0, count),
    });
    expect(about(CELLS, zones(3))).toEqual([]);
    expect(about(CELLS, zones(2))).toEqual([
      "aws.availabilityZones must have at least 3 zones when fleet.cells is given and routed.tasksPerPop is 3, got 2; add zones or lower routed.tasksPerPop",
    ]);
  });

  it("is of daemons", () => {
    expect(about(CELLS, { "routed.placement": "spread" })).toEqual([
      'routed.placement must be daemon when fleet.cells is given, got "spread"; set it to daemon or remove fleet.cells',
    ]);
  });

  it("means the same in any order", () => {
    const load = (cells: unknown) =>
      loadFiles({ "stg.json": environmentWith({ "fleet.nodes": 6, "fleet.cells": cells }) });
    expect(
      load([
        { name: "b", nodes: [5, 3, 4] },
        { name: "a", nodes: [2, 0, 1] },
      ]),
    ).toEqual(load(CELLS));
  });
});

describe("autopilotSites[].cell", () => {
  it("names a cell", () => {
    expect(about(CELLS, site("b"))).toEqual([]);
    expect(about(CELLS, site("east"))).toEqual([
      'autopilotSites[0].cell must be a cell of fleet.cells (a, b), got "east"; name one of them',
    ]);
    expect(about([{ name: "east", nodes: [0, 1, 2, 3, 4, 5] }], site("easr"))).toEqual([
      'autopilotSites[0].cell must be a cell of fleet.cells (east), got "easr"; did you mean "east"?',
    ]);
  });

  it("needs fleet.cells", () => {
    expect(complaintsAbout(site("a"))).toEqual([
      'autopilotSites[0].cell must not be given without fleet.cells, got "a"; remove it or add cells',
    ]);
  });
});
