import { resolve } from "node:path";
import type { Environment } from "../../../lib/config/environment";
import { aPlan, aRoutedEnvironment } from "../../fixtures/a-routed-environment";
import { synthesize } from "../../fixtures/synthesize";
import type { Arguments } from "../../fixtures/synthesize";

function terraformOf(backend: Environment["backend"]): Arguments {
  const { required_providers, ...terraform } = synthesize(
    aRoutedEnvironment({ backend }),
    aPlan(),
  ).terraform;
  expect(required_providers).toEqual({ aws: { source: "aws", version: "5.100.0" } });
  return terraform;
}

describe("an environment's state", () => {
  const { AWS_ENDPOINT_URL: endpoint, PATH: path } = process.env;

  beforeEach(() => {
    delete process.env["AWS_ENDPOINT_URL"];
  });

  afterEach(() => {
    if (endpoint === undefined) delete process.env["AWS_ENDPOINT_URL"];
    else process.env["AWS_ENDPOINT_URL"] = endpoint;
    process.env["PATH"] = path;
  });

  it("lies in the project's root where the backend is local", () => {
    expect(terraformOf({ type: "local" })).toEqual({
      backend: { local: { path: resolve("terraform.test.tfstate") } },
    });
  });

  it("lies in a Terraform Cloud workspace, synthesized without the terraform binary", () => {
    process.env["PATH"] = "";
    expect(
      terraformOf({
        type: "cloud",
        hostname: "app.terraform.io",
        organization: "example",
        workspace: "routed-test",
      }),
    ).toEqual({
      cloud: {
        hostname: "app.terraform.io",
        organization: "example",
        workspaces: { name: "routed-test" },
      },
    });
  });

  it("lies in the Terraform Cloud workspace with its tags, in its project", () => {
    const cloud = { type: "cloud", hostname: "app.terraform.io", organization: "example" } as const;
    expect(terraformOf({ ...cloud, tags: ["routed", "prd"], project: "cdn" })).toMatchObject({
      cloud: { workspaces: { tags: ["prd", "routed"], project: "cdn" } },
    });
    expect(terraformOf({ ...cloud, workspace: "w", project: "cdn" })).toMatchObject({
      cloud: { workspaces: { name: "w", project: "cdn" } },
    });
  });

  it("lies in S3, encrypted and locked by S3 itself, named after the environment", () => {
    expect(terraformOf({ type: "s3", bucket: "states" })).toEqual({
      backend: {
        s3: {
          bucket: "states",
          key: "routed/test.tfstate",
          region: "us-east-2",
          encrypt: true,
          use_lockfile: true,
        },
      },
    });
  });

  it("takes another key and region in S3", () => {
    const backend = { type: "s3", bucket: "states", key: "k", region: "eu-west-1" } as const;
    expect(terraformOf(backend)).toMatchObject({
      backend: { s3: { key: "k", region: "eu-west-1" } },
    });
  });

  it("is addressed path-style at a custom endpoint", () => {
    process.env["AWS_ENDPOINT_URL"] = "http://127.0.0.1:5000";
    expect(terraformOf({ type: "s3", bucket: "states" })).toMatchObject({
      backend: { s3: { use_path_style: true } },
    });
  });
});
