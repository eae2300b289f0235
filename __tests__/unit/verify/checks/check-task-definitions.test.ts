import { renderViolation } from "../../../../lib/verify/verdict";
import { withEcs } from "../../../support/fleet";
import { withImages } from "../../../support/images";
import { anEnvironment } from "../../../support/fake-aws/an-environment";
import { aPoppedEnvironment, deployed, Draft } from "../a-plan";

const environment = aPoppedEnvironment({
  routed: {
    ...anEnvironment().routed,
    image: "registry.example/routed:2",
    canaries: ["pop1"],
  },
});
const KEPT = "arn:aws:ecs:us-east-2:123456789012:task-definition/routed-test--pops:1";
const OTHER = "arn:aws:ecs:us-east-2:123456789012:task-definition/routed-test--pops:2";

/** pop1 is rolled to a new image; pop2 keeps what it has. */
function draft(): Draft {
  const observation = withImages(
    withEcs(deployed(environment), [{ pop: "pop1" }, { pop: "pop2" }]),
  );
  const made = Draft.of(environment, observation);
  for (const pop of ["pop1", "pop2"]) {
    for (const values of [made.at(`aws_ecs_service.${pop}`).change]) {
      values.before = values.after = { ...values.before, task_definition: KEPT };
    }
  }
  return made.edit("aws_ecs_service.pop1", { task_definition: OTHER });
}

const messages = (made: Draft): string[] => made.verdict().violations.map(renderViolation);

it("proves the image of the PoPs whose turn it is", () => {
  expect(messages(draft())).toEqual([]);
  expect(draft().verdict().facts.deployments).toEqual(["pop1"]);
});

it("refuses other tasks for a PoP that waits", () => {
  const both = draft().edit("aws_ecs_service.pop2", { task_definition: OTHER });
  expect(messages(both)).toEqual([
    "aws_ecs_service.pop2: pop2 would get the task definition routed-test--pops:2, and so other tasks, but the upgrade plan lets it keep routed-test--pops:1; take the change out of the stack, or synthesize and plan again",
  ]);
});

it("refuses a task definition that is known after the apply only, for a PoP that waits", () => {
  const both = draft();
  const { change } = both.at("aws_ecs_service.pop2");
  change.actions = ["update"];
  change.after = Object.fromEntries(
    Object.entries(change.before ?? {}).filter(([name]) => name !== "task_definition"),
  );
  change.after_unknown = { task_definition: true };
  expect(messages(both)).toHaveLength(1);
  expect(messages(both)[0]).toContain(
    "pop2 would get the task definition that this deploy makes, and so other tasks",
  );
});

it("refuses another upgrade plan's batch", () => {
  const made = draft();
  const value = made.json.planned_values.outputs["upgrade"]?.value as Record<string, unknown>;
  value["rolled_pops"] = ["pop1", "pop2"];
  expect(messages(made)[0]).toContain('another upgrade plan (rolled_pops ["pop1","pop2"])');
});
