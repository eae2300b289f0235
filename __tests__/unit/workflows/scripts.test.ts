import { changedEnvironments } from "../../../scripts/workflows/changed-environments";
import { deliveries } from "../../../scripts/workflows/deliveries";
import { putComment, putIssue } from "../../../scripts/workflows/messages";
import type { SlotCondition, SlotView } from "../../../lib/rollout/fleet-view";
import { waitUntilAvailable } from "../../../scripts/workflows/wait-until-available";
import { readConfigFolder } from "../../../lib/config/file/config-folder";
import { loadEnvironments } from "../../../lib/config/load";

const configs = readConfigFolder("config").files;
const all = configs.map(({ name }) => name);

describe("the environments that a change may alter", () => {
  it.each([
    ["config/stg.json", ["stg"]],
    ["config/stg.json,config/dev.json", ["dev", "stg"]],
    ["config/shared/defaults.json", all],
    ["config/shared/production.json", ["prd-ap", "prd-eu", "prd-na"]],
    ["docs/config.md,README.md,lib/cli/main.ts,__tests__/unit/a.test.ts", []],
    ["lib/constructs/pop/pop-task.ts", all],
    ["package-lock.json", all],
    ["config/environment.schema.json", all],
    ["config/prd-zz.json", []],
  ])("of %s", (files, expected) => {
    expect(changedEnvironments(files.split(","), configs)).toEqual(expected);
  });
});

it("delivers this repository's environments by stage, and none with a local state", () => {
  const stages = Object.entries(deliveries(loadEnvironments({ directory: "config" })));
  const names = stages.map(([stage, list]) => [stage, list.map((one) => one.environment)]);
  expect(all).toContain("sandbox");
  expect(Object.fromEntries(names)).toEqual({
    all: ["dev", "prd-ap", "prd-eu", "prd-na", "stg"],
    development: ["dev"],
    staging: ["stg"],
    production: ["prd-ap", "prd-eu", "prd-na"],
  });
});

/** GitHub with some comments or issues. */
function github(items: readonly object[], pullRequest: number | undefined = 7) {
  const calls: unknown[] = [];
  return {
    pullRequest,
    calls,
    list: <T>() => Promise.resolve(items as T[]),
    call: <T>(method: string, path: string, body?: object) => {
      calls.push([method, path, body]);
      return Promise.resolve({} as T);
    },
  };
}

describe("the comment about an environment", () => {
  const body = "<!-- routed-report: stg -->\ntext";
  const bot = { type: "Bot" };

  it("is made once and then updated in place, whatever else is said", async () => {
    const others = [
      { id: 1, body: "<!-- routed-report: prd-na -->", user: bot },
      { id: 2, body, user: { type: "User" } },
    ];
    const first = github(others);
    await putComment(first, "stg", body);
    expect(first.calls).toEqual([["POST", "/issues/7/comments", { body }]]);
    const later = github([
      ...others,
      { id: 3, body: "<!-- routed-report: stg -->\nold", user: bot },
    ]);
    await putComment(later, "stg", body);
    expect(later.calls).toEqual([["PATCH", "/issues/comments/3", { body }]]);
  });

  it("is refused where it could not be found again, and without a pull request", async () => {
    await expect(putComment(github([]), "prd-na", body)).rejects.toThrow(
      "a comment on prd-na begins with <!-- routed-report: prd-na -->",
    );
    await expect(
      putComment({ ...github([]), pullRequest: undefined }, "stg", body),
    ).rejects.toThrow("there is no pull request to comment on");
  });
});

it("keeps one open issue of a title, and takes no pull request and no person's for it", async () => {
  const bot = { type: "Bot" };
  const others = [
    { number: 3, title: "drift in stg", user: { type: "User" } },
    { number: 4, title: "drift in stg", user: bot, pull_request: {} },
  ];
  const first = github(others);
  await putIssue(first, "drift in stg", "b");
  expect(first.calls).toEqual([["POST", "/issues", { title: "drift in stg", body: "b" }]]);
  const later = github([...others, { number: 5, title: "drift in stg", user: bot }]);
  await putIssue(later, "drift in stg", "b");
  expect(later.calls).toEqual([["PATCH", "/issues/5", { body: "b" }]]);
});

describe("waiting between stages", () => {
  /** Looks one after the other at whether node 1 is available; the last one goes on. */
  async function wait(...looks: boolean[]) {
    let slept = 0;
    const printed: string[] = [];
    const status = await waitUntilAvailable("stg", {
      look: () => {
        const available = (looks.length > 1 ? looks.shift() : looks[0]) === true;
        const state: SlotCondition = { kind: available ? "available" : "not-registered" };
        return { slots: [{ slot: 1, available, state } as SlotView] };
      },
      sleep: (seconds) => Promise.resolve((slept += seconds)),
      print: (text) => printed.push(text),
      timeoutSeconds: 50,
    });
    return { status, slept, first: printed[0], last: printed.at(-1) };
  }

  it("ends when the nodes are available three times in a row", async () => {
    expect(await wait(true)).toMatchObject({ status: 0, slept: 20 });
    expect(await wait(false, true, true, false, true)).toMatchObject({ status: 1 });
    expect(await wait(false, true)).toMatchObject({ status: 0, slept: 30 });
  });

  it("fails where they don't become so in time, so that the next stage doesn't begin", async () => {
    expect(await wait(false)).toEqual({
      status: 1,
      slept: 50,
      first: "stg: node 1 is not registered in the cluster\n",
      last: "stg: not available after 50 s; the next stage must not begin\n",
    });
  });
});
