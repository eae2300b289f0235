import { App, Testing } from "cdktf";
import { imageParameter } from "../../../lib/config/naming";
import { emptyObservation } from "../../../lib/observe/empty-observation";
import { desiredFleet } from "../../../lib/plan/desired/desired-fleet";
import { planUpgrade } from "../../../lib/plan/plan-upgrade";
import { EnvironmentStack } from "../../../lib/stack/environment-stack";
import { benchConfig, FIRST_IMAGE } from "../../../scripts/bench-deploy/bench-environment";
import type { Variant } from "../../../scripts/bench-deploy/bench-environment";
import { makePlain } from "../../../scripts/benchmarks/make-plain";
import { loadFiles } from "../../fixtures/config/config-folder";
import { resourcesOf } from "../../fixtures/synthesize";
import type { SynthesizedStack } from "../../fixtures/synthesize";

const images = { [imageParameter("al2023", "x86_64")]: "ami-00000000000000001" };

function stackOf(pops: number, variant: Variant): SynthesizedStack {
  const file = JSON.stringify(benchConfig({ pops, variant, image: FIRST_IMAGE }));
  const [environment] = loadFiles({ "bench.json": file });
  if (!environment) throw new Error("nothing was loaded");
  const observation = emptyObservation(environment, images);
  const plan = planUpgrade(desiredFleet(environment), observation);
  const stack = new EnvironmentStack(new App({ stackTraces: false }), environment, plan);
  if (variant === "plain") makePlain(stack, environment);
  return JSON.parse(Testing.synth(stack)) as SynthesizedStack;
}

const SHAPE = ["aws_ecs_service", "aws_ecs_task_definition", "aws_lb_target_group"] as const;
const shapeOf = (stack: SynthesizedStack) => SHAPE.map((type) => resourcesOf(stack, type).length);

it.each([3, 100])("measures the product with its defaults, with %i PoPs", (pops) => {
  const stack = stackOf(pops, "product");
  expect(shapeOf(stack)).toEqual([pops + 1, 2, 1]);
  expect(stack.provider["aws"]).toMatchObject([
    { retry_mode: "adaptive" },
    { retry_mode: "adaptive", alias: "nodes" },
  ]);
});

it.each([
  [3, 1],
  [99, 1],
  [100, 2],
  [200, 3],
])("measures it against all of %i PoPs' own, with %i load balancers", (pops, loadBalancers) => {
  const stack = stackOf(pops, "plain");
  expect(shapeOf(stack)).toEqual([pops, pops, pops + 1]);
  expect(resourcesOf(stack, "aws_lb_listener_rule")).toHaveLength(pops);
  expect(resourcesOf(stack, "aws_lb")).toHaveLength(loadBalancers);
  expect(stack.provider["aws"]?.[0]).not.toHaveProperty("retry_mode");
  for (const definition of resourcesOf(stack, "aws_ecs_task_definition")) {
    expect(definition).not.toHaveProperty("skip_destroy");
  }
  const service = resourcesOf(stack, "aws_ecs_service").find(({ name }) => name === "pop1");
  expect(service).toMatchObject({
    task_definition: expect.stringMatching(/aws_ecs_task_definition\.pop-pop1_/) as string,
    load_balancer: [{ container_port: 21001 }],
    desired_count: 2,
  });
});
