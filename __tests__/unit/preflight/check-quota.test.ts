import { checkQuotas, requireAllowed } from "../../../lib/preflight/refuse-unlaunchable";
import type { PlannedEnvironment } from "../../../lib/synthesis/observe-and-plan";
import { renderPreflight, renderPreflightJson } from "../../../lib/preflight/render-preflight";
import { preflight } from "../../../lib/preflight/preflight";
import { aFakeAccount, anEnvironmentOf, aSubject } from "./a-subject";

function planned(nodes: number, name: string): PlannedEnvironment {
  const subject = aSubject({ ...anEnvironmentOf(nodes), name });
  const [plan] = subject.waves;
  if (!plan) throw new Error("no plan");
  return { ...subject, plan };
}

describe("environments, once quotas had their say", () => {
  const { connect } = aFakeAccount({ quotas: { "L-0263D0A3": 5, "L-1216C47A": 100 } });

  it("are refused with the code quota-exceeded, and stop no other", async () => {
    const small = planned(3, "small");
    const outcome = await checkQuotas(
      { planned: [planned(6, "large"), small], refused: [] },
      connect,
      null,
    );
    expect(outcome.planned).toEqual([small]);
    expect(outcome.refused.map(({ environment, error }) => [environment.name, error.code])).toEqual(
      [["large", "quota-exceeded"]],
    );
    expect(outcome.refused[0]?.error.message.split("\n")[0]).toBe(
      "large: needs more than a quota of account 123456789012 in us-east-2 allows",
    );
    expect(outcome.notes).toEqual([
      "small: note: new slots have no address yet, so whether their nodes may be launched was not checked",
      "small: note: servicequotas:GetServiceQuota failed with NoSuchResourceException (no such quota), so AWS's documented default, or what is known without it, stands for Internet gateways per Region (vpc L-A4707A72), Network interfaces per Region (vpc L-DF5E4CA3), VPCs per Region (vpc L-F678F1CE)",
    ]);
  });

  it("keep the refusals that they came with", async () => {
    const first = await checkQuotas({ planned: [planned(6, "large")], refused: [] }, connect, null);
    const again = await checkQuotas(first, connect, null);
    expect(again.refused).toEqual(first.refused);
  });
});

describe("an API over plain HTTP", () => {
  const notesOf = async (name: string, apiCertificateArn?: string) => {
    const one = planned(3, name);
    const { environment } = one;
    const network = { ...environment.network, apiCertificateArn };
    return requireAllowed({ ...one, environment: { ...environment, network } }, null, null);
  };
  const NOTE =
    "note: the API is served over plain HTTP, as there is no network.apiCertificateArn (docs/security.md)";

  it("is told of a production environment, and of no other", async () => {
    expect(await notesOf("prd-na")).toContain(`prd-na: ${NOTE}`);
    expect((await notesOf("stg")).join()).not.toContain("HTTP");
    expect((await notesOf("dev")).join()).not.toContain("HTTP");
  });

  it("is not told where the listener has a certificate", async () => {
    const arn = "arn:aws:acm:us-east-2:123456789012:certificate/0";
    expect((await notesOf("prd-na", arn)).join()).not.toContain("HTTP");
  });
});

describe("the printed report", () => {
  it("has a row for each quota, and what is exceeded below", async () => {
    const { connect } = aFakeAccount({ quotas: { "L-0263D0A3": 4, "L-1216C47A": 100 } });
    const report = await preflight(aSubject(anEnvironmentOf(5)), { connect });
    const text = renderPreflight(report);
    expect(text).toContain("test: AWS's quotas don't allow what the config wants");
    expect(text).toMatch(
      /EC2-VPC Elastic IPs +│ ec2 L-0263D0A3 +│ us-east-2 +│ 4 +│ 0 +│ \+5 +│ exceeded/,
    );
    expect(text).toContain("raise it to at least 5");
    expect(JSON.parse(renderPreflightJson(report))).toEqual(report);
  });

  it("says what could not be told", async () => {
    const { connect } = aFakeAccount({ denied: ["getServiceQuota"] });
    const text = renderPreflight(await preflight(aSubject(), { connect }));
    expect(text).toContain("test: no quota is known to be exceeded, 1 could not be told");
  });

  it("says that recorded observations leave the region unchecked", async () => {
    const text = renderPreflight(await preflight(aSubject(), { connect: null }));
    expect(text).toContain("test: AWS's quotas allow what the config wants");
    expect(text).toContain(
      "note: recorded observations stand in for AWS, so the quotas of the account's region were not checked",
    );
  });
});
