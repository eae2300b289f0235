import { terraformEnvironment } from "../../../lib/terraform/environment";

const quiet = { CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1", GOGC: "400" };

test("providers write no logs that nobody reads", () => {
  expect(terraformEnvironment({ PATH: "/bin", TF_IN_AUTOMATION: "" })).toEqual({
    PATH: "/bin",
    ...quiet,
    TF_LOG_PROVIDER: "off",
    TF_LOG_SDK: "off",
  });
});

test.each(["TF_LOG", "TF_LOG_CORE", "TF_LOG_PROVIDER", "TF_LOG_SDK"])(
  "who asks for logs by %s gets them",
  (name) => {
    expect(terraformEnvironment({ [name]: "debug" })).toEqual({ ...quiet, [name]: "debug" });
  },
);

test("how often garbage is collected is the user's to say", () => {
  expect(terraformEnvironment({ GOGC: "50" })).toMatchObject({ GOGC: "50" });
  expect(terraformEnvironment({ GOGC: "" })).toMatchObject({ GOGC: "400" });
});
