import { LocalBackend, TerraformBackend } from "cdktf";
import type { TerraformRemoteState } from "cdktf";
import type { Construct } from "constructs";
import { usesPathStyle } from "../config/endpoint";
import type { Environment } from "../config/environment";
import { defaultStateKey } from "../config/state-location";
import { assertNever, RoutedError } from "../errors";

/** Where Terraform keeps the environment's state. */
export function addBackend(scope: Construct, environment: Environment): TerraformBackend {
  const { aws, backend, name } = environment;
  switch (backend.type) {
    case "cloud":
      return new CloudWorkspaceBackend(scope, backend);
    case "s3":
      return new LockedS3Backend(scope, {
        bucket: backend.bucket,
        key: backend.key ?? defaultStateKey(name),
        region: backend.region ?? aws.region,
      });
    case "local":
      // `terraform.<stack>.tfstate` in the project's root.
      return new LocalBackend(scope);
    default:
      return assertNever(backend);
  }
}

interface CloudWorkspaceBackendProps {
  readonly hostname: string;
  readonly organization: string;
  /** Its name; else its tags. */
  readonly workspace?: string;
  readonly tags?: readonly string[];
  readonly project?: string;
}

/**
 * A Terraform Cloud workspace. CDKTF's own CloudBackend asks the terraform binary for its version
 * whenever it is synthesized; synthesis should need nothing but Node.
 * @see https://developer.hashicorp.com/terraform/cli/cloud/settings
 */
class CloudWorkspaceBackend extends TerraformBackend {
  constructor(
    scope: Construct,
    private readonly props: CloudWorkspaceBackendProps,
  ) {
    super(scope, "backend", "cloud");
  }

  override toTerraform(): object {
    const { hostname, organization, workspace, tags, project } = this.props;
    const which =
      workspace === undefined ? { tags: [...(tags ?? [])].sort() } : { name: workspace };
    const workspaces = { ...which, ...(project === undefined ? {} : { project }) };
    return { terraform: { cloud: { hostname, organization, workspaces } } };
  }

  override toMetadata(): object {
    // What CDKTF's own writes: Terraform Cloud or an enterprise installation.
    const cloud = this.props.hostname.startsWith("app.terraform.io") ? "tfc" : "tfe";
    return { backend: "cloud", cloud };
  }

  override getRemoteStateDataSource(): TerraformRemoteState {
    throw noCrossStackReferences();
  }
}

interface LockedS3BackendProps {
  readonly bucket: string;
  readonly key: string;
  readonly region: string;
}

/**
 * State in S3, locked by S3 itself (Terraform 1.10 and later): CDKTF's own S3Backend knows only
 * the DynamoDB lock.
 * @see https://developer.hashicorp.com/terraform/language/backend/s3#state-locking
 */
class LockedS3Backend extends TerraformBackend {
  constructor(
    scope: Construct,
    private readonly props: LockedS3BackendProps,
  ) {
    super(scope, "backend", "s3");
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    const { bucket, key, region } = this.props;
    const pathStyle = usesPathStyle() ? { use_path_style: true } : {};
    return { bucket, key, region, encrypt: true, use_lockfile: true, ...pathStyle };
  }

  override getRemoteStateDataSource(): TerraformRemoteState {
    throw noCrossStackReferences();
  }
}

function noCrossStackReferences(): RoutedError {
  return new RoutedError(
    "invariant-violated",
    "an environment's stack may not refer to another's; environments are independent",
  );
}
