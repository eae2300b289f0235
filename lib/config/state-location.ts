import { assertNever } from "../errors";
import type { Environment } from "./environment";

/** The S3 key of an environment's Terraform state, unless its config names another. */
export function defaultStateKey(environment: string): string {
  return `routed/${environment}.tfstate`;
}

/** Where an environment's Terraform state lies, as one text; equal texts are one state. */
export function stateLocation({ name, backend }: Pick<Environment, "name" | "backend">): string {
  switch (backend.type) {
    case "cloud":
      // A workspace's name is unique in its organization, whatever its project.
      return `${backend.hostname}/${backend.organization}/${backend.workspace ?? `tags ${[...(backend.tags ?? [])].sort().join()}`}`;
    case "s3":
      return `s3://${backend.bucket}/${backend.key ?? defaultStateKey(name)}`;
    case "local":
      return `terraform.${name}.tfstate`;
    default:
      return assertNever(backend);
  }
}
