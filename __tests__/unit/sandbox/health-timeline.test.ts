import type { TaskEvent, TimelineEvent } from "../../../sandbox/control";
import { fewestHealthyTasks, healthTimeline, secondsBelow } from "../../../sandbox/health-timeline";

let seconds = 0;

function happens(
  event: TaskEvent["event"],
  id: string,
  overrides: Partial<TaskEvent> = {},
): TimelineEvent {
  seconds += 1;
  return {
    at: new Date(Date.UTC(2026, 0, 1, 0, 0, seconds)).toISOString(),
    event,
    instanceId: `i-${id}`,
    imageId: "ami-1",
    instanceType: "t3.xlarge",
    networkInterfaceId: null,
    environment: "dev",
    slot: Number(id),
    cluster: "routed-dev",
    serviceName: "pop1",
    taskArn: `arn:aws:ecs:us-east-1:123456789012:task/routed-dev/${id}`,
    taskDefinitionArn: "arn:aws:ecs:us-east-1:123456789012:task-definition/routed:1",
    ...overrides,
  };
}

describe("healthTimeline", () => {
  it("counts a task from its first passed check until it is told to stop", () => {
    const events = [
      happens("task-started", "0"),
      happens("task-healthy", "0"),
      happens("task-healthy", "1"),
      happens("task-stopping", "0"),
      happens("task-stopped", "0"),
      happens("task-unhealthy", "1"),
    ];

    expect(healthTimeline(events).map(({ event, healthy }) => [event, healthy])).toEqual([
      ["task-healthy", 1],
      ["task-healthy", 2],
      ["task-stopping", 1],
      ["task-unhealthy", 0],
    ]);
  });

  it("tells services of one name in two accounts apart", () => {
    const taskArn = "arn:aws:ecs:us-east-1:999999999999:task/routed-dev/0";

    const samples = healthTimeline([
      happens("task-healthy", "0"),
      happens("task-healthy", "0", { taskArn, environment: "other" }),
    ]);

    expect(samples.map(({ environment, healthy }) => [environment, healthy])).toEqual([
      ["dev", 1],
      ["other", 1],
    ]);
  });
});

describe("fewestHealthyTasks", () => {
  it("is told of each service that was ever in full health, from then on", () => {
    const pop2 = { serviceName: "pop2", taskArn: "arn:aws:ecs:::task/routed-dev/9" };
    const events = [
      happens("task-healthy", "0"),
      happens("task-stopping", "0"),
      happens("task-healthy", "1"),
      happens("task-healthy", "2"),
      happens("task-stopping", "2"),
      happens("task-healthy", "3"),
      happens("task-healthy", "9", pop2),
    ];

    expect(fewestHealthyTasks(events, "dev", 2)).toEqual({ pop1: 1 });
    expect(fewestHealthyTasks(events, "dev", 1)).toEqual({ pop1: 0, pop2: 1 });
    expect(fewestHealthyTasks(events, "stg", 1)).toEqual({});
  });
});

it("counts the seconds that tasks lack once all were there, each task by itself", () => {
  const at = (second: number) => ({
    at: new Date(Date.UTC(2026, 0, 1, 1, 0, second)).toISOString(),
  });
  const events = [
    happens("task-healthy", "0", at(0)),
    happens("task-healthy", "1", at(30)),
    happens("task-stopping", "0", at(40)),
    happens("task-stopping", "1", at(42)),
    happens("task-healthy", "2", at(45)),
    happens("task-healthy", "3", at(49)),
    happens("task-stopping", "9", { ...at(50), environment: "other" }),
  ];
  // One for 2 s, both for 3 s, one for 4 s.
  expect(secondsBelow(events, "dev", 2)).toEqual({ pop1: 2 + 2 * 3 + 4 });
});
