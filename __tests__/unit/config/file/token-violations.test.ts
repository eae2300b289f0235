import { Token } from "cdktf";
import { complaintsAbout } from "../../../fixtures/config/config-folder";

const text = Token.asString({ resolve: () => "x" });
const [item = ""] = Token.asList({ resolve: () => ["x"] });
const [key = ""] = Object.keys(Token.asStringMap({ resolve: () => ({}) }));
const ALLOWED = "must hold no token of CDKTF's, {TfToken[…]";

it.each([text, item, "${TfToken[TOKEN.0]}", `a${text}b`])("refuses %s with its field", (token) => {
  const got = `got ${JSON.stringify(token)}; write the value itself`;
  const daemon = { name: "log", cpuUnits: 128, memoryMiB: 64, image: "log:1", command: [token] };
  expect(complaintsAbout({ "routed.daemons": [daemon] })).toEqual([
    `routed.daemons[0].command[0] ${ALLOWED}, ${got}`,
  ]);
  // One complaint a field, also where the schema has one.
  expect(complaintsAbout({ "aws.region": token })).toEqual([`aws.region ${ALLOWED}, ${got}`]);
});

it("refuses one for a key, and for a number", () => {
  expect(complaintsAbout({ "fleet.ecsAgentSettings": { [key]: "x" } })).toEqual([
    `fleet.ecsAgentSettings.${JSON.stringify(key)} must not be named by a token of CDKTF's, {TfToken[…]; rename it`,
  ]);
  const number = Token.asNumber({ resolve: () => 3 });
  expect(complaintsAbout({ "fleet.nodes": number })).toHaveLength(1);
});
