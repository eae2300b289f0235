import { format } from "prettier";
import { SCANNER_RULES } from "./security/rules";
import type { ScannerRule } from "./security/rule";

/** The rules of the field's scanners, and why those that aren't followed aren't, as Markdown. */
export function securityDocsSource(): Promise<string> {
  const kept = SCANNER_RULES.filter(({ because }) => because === undefined);
  const others = SCANNER_RULES.filter(({ because }) => because !== undefined);
  const source = [
    "<!-- Generated from scripts/security/ by `npm run generate`. Do not edit. -->",
    "# Rules of scanners",
    "What [Checkov](https://github.com/bridgecrewio/checkov) (`CKV…`) and [Trivy](https://github.com/aquasecurity/trivy-checks) (`AWS-…`, once tfsec) ask of the types of resources that our stacks have, in our words. A test holds every synthesized stack to each rule, and their lists to this one: a rule that is missing here fails it, so does a stack that breaks one of the first table, and a sentence of the second that is true of no stack any more. Rules about accounts, users and CloudTrail are the account's own.",
    "Who may do what is in [iam.md](iam.md).",
    "## Not followed, and why",
    table(["rule", "scanners", "why not"], others, ({ because = "" }) => because),
    "## Followed",
    table(["rule", "scanners"], kept),
    "",
  ].join("\n\n");
  return format(source, { parser: "markdown", printWidth: 100 });
}

function table(
  head: readonly string[],
  rules: readonly ScannerRule[],
  more?: (rule: ScannerRule) => string,
): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    row(head),
    row(head.map(() => "---")),
    ...rules.map((rule) =>
      row([rule.asks, rule.ids.join(", "), ...(more === undefined ? [] : [more(rule)])]),
    ),
  ].join("\n");
}
