import type { Rule, Subject } from "./rule";

export const backendRules: readonly Rule[] = [
  { reads: [["backend"]], check: workspaceIsKnown },
  { reads: [["backend"]], check: bucketCanBe },
];

/** Terraform Cloud finds a workspace by its name or by its tags. */
function workspaceIsKnown({ environment, report }: Subject): void {
  const { backend } = environment;
  if (backend.type !== "cloud") return;
  const { workspace, tags } = backend;
  if ((workspace === undefined) !== (tags === undefined)) return;
  const got = workspace === undefined ? "neither; add workspace" : "both; remove one of them";
  report(["backend"], `must have either workspace or tags, got ${got}`);
}

/**
 * What S3 gives to no bucket of one's own.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
const RESERVED_NAMES = [
  { pattern: /^(xn--|sthree-|amzn-s3-demo-)/, is: "begins with" },
  { pattern: /(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/, is: "ends with" },
  { pattern: /\.\./, is: "has in it" },
  { pattern: /^\d+(\.\d+){3}$/, is: "is the IP address" },
] as const;

function bucketCanBe({ environment, report }: Subject): void {
  const { backend } = environment;
  if (backend.type !== "s3") return;
  for (const { pattern, is } of RESERVED_NAMES) {
    const [part] = pattern.exec(backend.bucket) ?? [];
    if (part === undefined) continue;
    const allowed = "must be a general purpose bucket that S3 lets one have";
    const got = `got "${backend.bucket}", which ${is} ${part}`;
    report(["backend", "bucket"], `${allowed}, ${got}; name the bucket that holds the state`);
  }
}
