import { localAwsEnvironment } from "../../../sandbox/local-aws";
import { renderUsage } from "../../../sandbox/commands/serve";
import { runSandbox } from "../../../sandbox/main";

async function run(...args: string[]): Promise<{ status: number; errors: string }> {
  let errors = "";
  const collect = (text: string | Uint8Array) => {
    errors += String(text);
    return true;
  };
  const stderr = jest.spyOn(process.stderr, "write").mockImplementation(collect);
  const error = jest.spyOn(console, "error").mockImplementation((text) => collect(`${text}\n`));
  const status = await runSandbox(args);
  stderr.mockRestore();
  error.mockRestore();
  return { status, errors };
}

describe("npm run sandbox --", () => {
  it.each([
    [["nonsense"], "too many arguments"],
    [["serve", "--port", "x"], "give a whole number from 0 to 65535."],
    [["serve", "--port", "70000"], "give a whole number from 0 to 65535."],
    [["upgrade", "--rebuild", "3601"], "give a whole number from 0 to 3600."],
    [["release-image", "--os", "beos"], "Allowed choices are al2023, bottlerocket."],
    [["stop-instance"], "missing required argument 'slot'"],
    [["stop-instance", "-1"], "give a whole number from 0 to 9999."],
    [["stop-instance", "1.5"], "give a whole number from 0 to 9999."],
  ])("%j ends with 1 and says why", async (args, message) => {
    const { status, errors } = await run(...args);

    expect(status).toBe(1);
    expect(errors).toContain(message);
  });
});

describe("localAwsEnvironment", () => {
  it("leads to the local AWS alone, whatever the caller's own settings", () => {
    process.env["AWS_PROFILE"] = "production";
    process.env["AWS_ENDPOINT_URL_S3"] = "https://example.com";

    const environment = localAwsEnvironment("http://127.0.0.1:1", "us-east-2", "999999999999");

    delete process.env["AWS_PROFILE"];
    delete process.env["AWS_ENDPOINT_URL_S3"];
    expect(environment).toMatchObject({
      AWS_PROFILE: undefined,
      AWS_ENDPOINT_URL_S3: undefined,
      AWS_ENDPOINT_URL: "http://127.0.0.1:1",
      AWS_REGION: "us-east-2",
      AWS_ACCESS_KEY_ID: "999999999999",
    });
    expect(Object.keys(environment)).toContain("AWS_PROFILE");
  });
});

describe("renderUsage", () => {
  it("gives lines to paste, quoted where the shell needs it", () => {
    const usage = renderUsage(
      { endpoint: "http://127.0.0.1:4566", region: "us-east-1", logFile: "/tmp/log" },
      { TF_CLI_ARGS_providers_lock: "-fs-mirror=/a b", TF_DATA_DIR: undefined },
    );

    expect(usage).toContain("\n  export AWS_ENDPOINT_URL=http://127.0.0.1:4566\n");
    expect(usage).toContain("\n  export TF_CLI_ARGS_providers_lock='-fs-mirror=/a b'\n");
    expect(usage).not.toContain("TF_DATA_DIR");
    expect(usage).toContain("\n  npx cdktf deploy sandbox ");
  });
});
