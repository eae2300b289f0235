import { hasMovedOn } from "../../../lib/terraform/moved-on";

it.each([
  [
    "the stack's own check, as Terraform breaks and frames it",
    "│ Error: Resource postcondition failed\n│ \n│ The environment's instances changed: node 0 is no longer i-1; i-2 is new. What\n" +
      "│ would be changed was decided before that, so nothing is changed. Synthesize\n│ again: cdktf deploy without --skip-synth.\n",
    true,
  ],
  ["a state that is locked", "│ Error: Error acquiring the state lock\n", true],
  ["anything else", "│ Error: creating EC2 Instance: InsufficientInstanceCapacity\n", false],
  ["nothing", "", false],
])("tells whether the environment has moved on: %s", (_, words, expected) => {
  expect(hasMovedOn(words)).toBe(expected);
});
