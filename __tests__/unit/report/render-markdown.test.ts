import * as fc from "fast-check";
import {
  LONGEST_COMMENT,
  renderReportMarkdown,
  reportMarker,
} from "../../../lib/report/render-markdown";
import type { Report } from "../../../lib/report/report-model";
import { renderReportHtml } from "../../../lib/report/html/render-page";
import { NEW_IMAGE, withImages } from "../../support/images";
import { withInstance, withNewAmi, withTask } from "../../support/fleet";
import { aPoppedEnvironment } from "../verify/a-plan";
import { aReport, aRunningFleet, aVerifiedReport } from "./a-report";
import { runs } from "../../support/random-tests";

const fleet = aRunningFleet();

/** Ids that derive from specs, which is none of a golden text's business. */
function golden(report: Report): string {
  return renderReportMarkdown(report).replace(/\bi-[0-9a-f]{17}/g, "i-0123456789abcdef0");
}

describe("the comment", () => {
  it("on a fleet with nothing to do", () => {
    expect(golden(aVerifiedReport(fleet))).toMatchSnapshot();
  });

  it("on a staged upgrade", () => {
    expect(golden(aVerifiedReport(withNewAmi(fleet)))).toMatchSnapshot();
  });

  it("on a plan that is refused", () => {
    const report = aVerifiedReport(withNewAmi(fleet), aPoppedEnvironment(), (draft) =>
      draft.edit("aws_instance.node-1", { instance_type: "r6i.xlarge" }),
    );
    expect(golden(report)).toMatchSnapshot();
  });

  it("on an image that goes to a canary first", () => {
    const environment = aPoppedEnvironment();
    const staged = {
      ...environment,
      routed: { ...environment.routed, image: NEW_IMAGE, canaries: ["pop1"] },
    };
    const text = golden(aReport(withImages(fleet), staged));
    expect(text).toContain(`has a wave staged: roll the canary pop1 to ${NEW_IMAGE}`);
    expect(text).toContain(
      [
        "images: 0 of 2 PoPs run what the config wants",
        "",
        `- this deploy: roll the canary pop1 to ${NEW_IMAGE}`,
        `- later: roll pop2 to ${NEW_IMAGE}`,
        "",
        "1 PoP gets new tasks, one at a time: `pop1`",
      ].join("\n"),
    );
    const page = renderReportHtml(aReport(withImages(fleet), staged));
    expect(page).toContain(`<li>later: roll pop2 to ${NEW_IMAGE}</li>`);
  });

  it("on a held upgrade, without Terraform's plan", () => {
    const first = withInstance(withNewAmi(fleet), 0, { amiId: "ami-00000000000000002" });
    const rebuilding = withTask(first, "pop1", 0, { healthStatus: "UNKNOWN" });
    expect(golden(aReport(rebuilding))).toMatchSnapshot();
  });

  it("on ECS that can't be read, and an overridden gate", () => {
    const reason = "ecs:ListTasks failed with <AccessDenied> | @ops";
    const unreadable = { ...fleet, health: { source: "unreadable" as const, reason } };
    const text = renderReportMarkdown({ ...aReport(unreadable), healthIgnored: true });
    expect(text).toContain(
      "> ECS could not be read, so no node counts as available: " +
        "ecs:ListTasks failed with &lt;AccessDenied&gt; \\| @\u200bops\n",
    );
    expect(text).toContain("> The health gate is overridden");
  });
});

it("starts with a line by which its environment's comment is found", () => {
  const [first] = renderReportMarkdown(aReport(fleet)).split("\n");
  expect(first).toBe(reportMarker("test"));
  expect(first).toBe("<!-- routed-report: test -->");
});

it("tells cells, where the fleet has some", () => {
  const environment = aPoppedEnvironment();
  const cells = [
    { name: "east", nodes: [0, 1] },
    { name: "west", nodes: [2] },
  ];
  const celled = {
    ...environment,
    fleet: { ...environment.fleet, cells },
    routed: { ...environment.routed, tasksPerPop: 1 },
  };
  const text = renderReportMarkdown(aReport(withNewAmi(fleet), celled));
  expect(text).toContain("| 0 | us-east-2a, east |");
  expect(text).toMatch(/^west us-east-2c {2}node 2 /m);
});

describe("a comment's length", () => {
  /** All nodes are outdated; the PoPs are put in afterwards, since planning 200 waves of them is slow. */
  function large(nodes: number, pops: number): Report {
    const one = aPoppedEnvironment();
    const environment = aPoppedEnvironment({ fleet: { ...one.fleet, nodes } });
    const report = aReport(withNewAmi(aRunningFleet(environment)), environment);
    const names = Array.from({ length: pops }, (_, index) => `point-of-presence-${index + 1}`);
    const keepsOn = report.nodes.slice(1).map(({ slot }) => slot);
    return { ...report, popsTouched: [{ pops: names, losesOn: [0], keepsOn }] };
  }

  it("stays within GitHub's limit with 60 nodes and 1,000 PoPs, and loses nothing of weight", () => {
    const text = renderReportMarkdown(large(60, 1000));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(LONGEST_COMMENT);
    expect(text).toContain("| 60, about 20h 10m |");
    expect(text).toContain("| 0 | us-east-2a | **↻ upgrade** |");
    expect(text).toContain("| 1–59 | us-east-2a, us-east-2b, us-east-2c | keep, later upgrade |");
    expect(text).toContain("1000 PoPs touched");
    expect(text).toContain("Made by `routed report`");
  });

  it("stays within it where every node and PoP is in another trouble", () => {
    const report = large(60, 0);
    const worst: Report = {
      ...report,
      nodes: report.nodes.map((node) => ({ ...node, available: false, reason: "é".repeat(4000) })),
      findings: Array.from({ length: 500 }, (_, index) => `finding ${index} ${"x".repeat(300)}`),
      popsTouched: Array.from({ length: 1000 }, (_, index) => ({
        pops: [`pop${index}`.padEnd(100, "x")],
        losesOn: [index % 60],
        keepsOn: [],
      })),
    };
    const text = renderReportMarkdown(worst);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(LONGEST_COMMENT);
    expect(text).toContain("1000 PoPs touched.");
    expect(text).toContain("Made by `routed report`");
  });

  it("stays within any limit, and starts with the marker", () => {
    const report = aVerifiedReport(withNewAmi(fleet));
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 4000 }), (limit) => {
        const text = renderReportMarkdown(report, limit);
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(limit);
        expect(text.startsWith(reportMarker("test"))).toBe(true);
        expect(text).not.toContain("\uFFFD");
      }),
      { numRuns: runs(20) },
    );
  });
});

it.each([
  ["a|b", "a\\|b"],
  ["<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"],
  ["first\n\n# second", "first \\# second"],
  ["[x](javascript:y)", "\\[x\\](javascript:y)"],
  ["`code` *bold*", "\\`code\\` \\*bold\\*"],
  ["@everyone", "@\u200beveryone"],
])("shows %j as it is", (name, shown) => {
  const text = renderReportMarkdown({ ...aReport(fleet), findings: [name] });
  expect(text).toContain(`\n- ${shown}\n`);
});
