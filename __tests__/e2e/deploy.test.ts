import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EditedProject } from "../support/edited-project";
import { addressesOf, EndToEnd, replacedSlots, smallConfig } from "../support/end-to-end";
import { RoutedRollout } from "../support/routed-rollout";

/** `routed deploy` by real Terraform. Each test starts where the last one ended. */
describe("routed deploy", () => {
  let world: EndToEnd;
  const running: RoutedRollout[] = [];

  beforeAll(async () => {
    world = await EndToEnd.built();
    await world.deploy();
  });
  afterAll(async () => {
    for (const each of running) await each.killAll();
    await world.stop();
  });

  async function routed(command: "deploy" | "rollout", ...args: string[]) {
    const run = new RoutedRollout(world, args, command);
    running.push(run);
    const result = await run.result();
    return { result, events: run.events };
  }

  const stopped = async (since: string): Promise<unknown[]> =>
    (await world.aws.timeline()).filter(
      ({ at, event }) => at > since && (event === "task-stopping" || event === "task-stopped"),
    );

  it.each(["deploy", "rollout"] as const)(
    "stops no task in a %s whose plan is not proved",
    async (command) => {
      const line = "      userDataReplaceOnChange: true,\n";
      const file = "lib/constructs/node/static-node.ts";
      const to = `${line}      ebsOptimized: slot > 0,\n`;
      const project = new EditedProject([{ file, from: line, to }]);
      const settings = join(world.workspace.directory, "cdktf.json");
      const text = readFileSync(settings, "utf8");
      const before = await world.slots();
      const since = new Date().toISOString();
      await world.aws.releaseImage();
      writeFileSync(settings, JSON.stringify({ ...JSON.parse(text), app: project.args[1] }));
      try {
        const { result, events } = await routed(command);
        expect(result).toMatchObject({ status: 1, kind: "stopped", reason: "prepare" });
        expect(result.message).toMatch(
          /node [12] would be replaced \(ebs_optimized false → true\)/,
        );
        expect(events).toContainEqual(
          expect.objectContaining({
            type: "wave-started",
            summary: expect.stringMatching(/^upgrade node \d$/) as string,
          }),
        );
      } finally {
        writeFileSync(settings, text);
        project.remove();
      }
      expect(await stopped(since)).toEqual([]);
      expect(await world.slots()).toEqual(before);
    },
  );

  it("applies one wave on its addresses, tells of the others, and ends", async () => {
    const before = await world.slots();
    const { result } = await routed("deploy");
    const { nodes } = smallConfig()["fleet"] as { nodes: number };
    expect(result).toMatchObject({ status: 0, kind: "max-waves", remaining: nodes - 1 });
    const after = await world.slots();
    expect(replacedSlots(before, after)).toHaveLength(1);
    expect(addressesOf(after)).toEqual(addressesOf(before));
  });
});
