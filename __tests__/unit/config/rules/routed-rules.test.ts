import { complaintsAbout } from "../../../fixtures/config/config-folder";

const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;

describe("routed.image", () => {
  it.each([
    "routed:1",
    "registry.example/autopilot-routed:67a7485bd192-3177",
    "registry.example:5000/team/routed:v1.2_3",
    `registry.example/routed@${DIGEST}`,
    `registry.example/routed:latest@${DIGEST}`,
    "123456789012.dkr.ecr.us-east-2.amazonaws.com/team/routed_x__y---z.1:V1",
    "Registry.Example/routed:1",
    "localhost/routed:1",
    "registry:5000/routed:1",
  ])("may be %s", (image) => {
    expect(complaintsAbout({ "routed.image": image })).toEqual([]);
  });

  it.each(["routed", "registry.example/routed", "registry.example:5000/routed"])(
    "may not be %s, which has no tag",
    (image) => {
      expect(complaintsAbout({ "routed.image": image })).toEqual([
        `routed.image must have a tag or digest, got "${image}", which has none; name the release to run`,
      ]);
    },
  );

  it.each(["routed:latest", "registry.example:5000/routed:latest"])(
    "may not be %s, which changes",
    (image) => {
      expect(complaintsAbout({ "routed.image": image })).toEqual([
        `routed.image must not have the tag latest, which changes under running nodes, got "${image}"; name the release to run`,
      ]);
    },
  );

  it.each([
    "routed:",
    "routed:a:b",
    "routed@sha256:abc",
    `routed@${DIGEST}0`,
    `routed@${DIGEST.toUpperCase()}`,
    `routed:@${DIGEST}`,
    ":1",
    "it's:1",
    "${routed}:1",
    "Routed:1",
    "registry.example/Routed:1",
    "registry.example/team/routed/:1",
    "registry.example//routed:1",
    "/routed:1",
    "-routed:1",
    "routed-:1",
    "team/.routed:1",
    "a___b:1",
    "-registry.example/routed:1",
    "registry.example:/routed:1",
    "https://registry.example/routed:1",
    `routed:${"1".repeat(129)}`,
  ])("may not be %s, which no node can pull", (image) => {
    expect(complaintsAbout({ "routed.image": image })).toEqual([
      `routed.image must be a repository in lower case with a tag (name:tag) or digest (name@sha256:…), got "${image}"; name the release to run`,
    ]);
  });
});

describe("the images beside it", () => {
  it.each(["routed.initImage", "network.routerImage"])("%s are pinned as well", (path) => {
    expect(complaintsAbout({ [path]: "registry.example/tool:1.2" })).toEqual([]);
    expect(complaintsAbout({ [path]: "registry.example/tool" })).toEqual([
      `${path} must have a tag or digest, got "registry.example/tool", which has none; name the release to run`,
    ]);
  });
});

describe("routed.cpuIsolation", () => {
  it("is quota by default, with any CPU units", () => {
    expect(complaintsAbout({ "routed.cpuUnits": 1500 })).toEqual([]);
    const fields = { "routed.cpuUnits": 1500, "routed.cpuIsolation": "quota" };
    expect(complaintsAbout(fields)).toEqual([]);
  });

  it.each([1024, 4096, 196608])("is cpuset with %i CPU units", (cpuUnits) => {
    const fields = { "routed.cpuIsolation": "cpuset", "routed.cpuUnits": cpuUnits };
    expect(complaintsAbout(fields)).toEqual([]);
  });

  it.each([
    [1023, 1024],
    [4097, 5120],
  ])("is not cpuset with %i CPU units", (cpuUnits, whole) => {
    const fields = { "routed.cpuIsolation": "cpuset", "routed.cpuUnits": cpuUnits };
    expect(complaintsAbout(fields)).toEqual([
      `routed.cpuUnits must be a multiple of 1024 when routed.cpuIsolation is cpuset, got ${cpuUnits}: a task has whole vCPUs of its own; raise it to ${whole}`,
    ]);
  });
});

describe("routed.tasksPerPop", () => {
  it("is from 1 to 10 with placement daemon", () => {
    const allowed = "routed.tasksPerPop must be an integer between 1 and 10";
    const about = (tasksPerPop: number): string[] =>
      complaintsAbout({ "routed.tasksPerPop": tasksPerPop, "fleet.nodes": 20 });
    expect(about(1)).toEqual([]);
    expect(about(10)).toEqual([]);
    expect(about(0)).toEqual([`${allowed}, got 0; raise it`]);
    expect(about(11)).toEqual([`${allowed}, got 11; lower it`]);
  });

  it("is at least 2 with placement spread", () => {
    const spread = { "routed.placement": "spread" };
    expect(complaintsAbout({ ...spread, "routed.tasksPerPop": 2 })).toEqual([]);
    expect(complaintsAbout({ ...spread, "routed.tasksPerPop": 1 })).toEqual([
      "routed.tasksPerPop must be between 2 and 10 when routed.placement is spread, got 1; raise it",
    ]);
  });
});

describe("routed.ports", () => {
  const about = (bgpBase: number, apiBase: number, metricsBase: number): string[] =>
    complaintsAbout({ "routed.ports": { bgpBase, apiBase, metricsBase } });

  it("lie between the privileged and the ephemeral ports", () => {
    const allowed = "routed.ports.bgpBase must be an integer between 1024 and 31768";
    expect(about(1024, 21000, 31768)).toEqual([]);
    expect(about(1023, 21000, 22000)).toEqual([`${allowed}, got 1023; raise it`]);
    expect(about(31769, 21000, 22000)).toEqual([`${allowed}, got 31769; lower it`]);
  });

  it("don't collide, in whichever order", () => {
    expect(about(20000, 20999, 19001)).toEqual([]);
    expect(about(20000, 20998, 22000)).toEqual([
      "routed.ports.apiBase must be at least 999 from routed.ports.bgpBase, 20000, got 20998: ports 20999-21997 and 20001-20999 collide; move one of them",
    ]);
    expect(about(20000, 21000, 19002)).toEqual([
      "routed.ports.metricsBase must be at least 999 from routed.ports.bgpBase, 20000, got 19002: ports 19003-20001 and 20001-20999 collide; move one of them",
    ]);
  });

  it("keep clear of Docker's", () => {
    expect(about(1375, 2376, 22000)).toEqual([]);
    expect(about(2375, 21000, 22000)).toEqual([
      "routed.ports.bgpBase must keep clear of port 2376, which ECS reserves, got 2375, whose range is 2376-3374; move it",
    ]);
    expect(about(1376, 21000, 22000)).toEqual([
      "routed.ports.bgpBase must keep clear of port 2375, which ECS reserves, got 1376, whose range is 1377-2375; move it",
    ]);
  });
});
