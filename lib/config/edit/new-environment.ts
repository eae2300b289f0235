import { RoutedError } from "../../errors";
import { blockAfter, cidrBlock, overlaps } from "../cidr";
import type { ConfigFile } from "../file/config-file";
import type { EnvironmentFile } from "../environment-file.generated";
import type { FieldPath } from "../file/violation";
import { renderPath } from "../file/violation";
import { removeField, setField } from "./edit-json";
import type { NewPop } from "./change-pops";

export interface NewEnvironment {
  readonly name: string;
  /** @default - what the other environment has, for each that isn't given */
  readonly accountId?: string;
  readonly region?: string;
  readonly availabilityZones?: readonly string[];
  /** @default - the next block of the same size that no environment has */
  readonly vpcCidr?: string;
  /** @default - the other's, with the new name in place of the other's */
  readonly workspace?: string;
  readonly bucket?: string;
  readonly key?: string;
  readonly certificateArn?: string;
  /** @default - the other's, with their ids */
  readonly pops?: readonly NewPop[];
}

export interface EnvironmentText {
  readonly text: string;
  /** What was changed beyond what was asked for. */
  readonly notes: readonly string[];
}

/**
 * A new environment's file made of another's: what belongs to one environment alone (address block,
 * state, frozen nodes, retired ids) or to one region (AMI, certificate) is not taken over.
 *
 * @param files all environments
 * @throws RoutedError `invalid-argument` where something must be given
 */
export function environmentFrom(
  from: ConfigFile,
  wanted: NewEnvironment,
  files: readonly ConfigFile[],
): EnvironmentText {
  const draft = new Draft(from);
  draft.setAws(wanted);
  draft.setVpc(wanted.vpcCidr, files);
  draft.setBackend(wanted);
  draft.dropWhatIsLocal(wanted);
  if (wanted.pops) {
    const sites = wanted.pops.map(({ name, bgpPeers }, index) => ({
      id: index + 1,
      name,
      bgpPeers,
    }));
    draft.set(["autopilotSites"], sites);
  }
  draft.remove(["retiredSiteIds"]);
  draft.remove(["fleet", "frozenNodes"]);
  return draft;
}

class Draft implements EnvironmentText {
  text: string;
  readonly notes: string[] = [];
  private readonly config: EnvironmentFile;

  constructor(private readonly from: ConfigFile) {
    this.text = from.own.text;
    this.config = from.value as EnvironmentFile;
  }

  set(path: FieldPath, value: unknown): void {
    this.text = setField(this.text, path, value);
  }

  remove(path: FieldPath): void {
    this.text = removeField(this.text, path);
  }

  setAws({ accountId, region, availabilityZones }: NewEnvironment): void {
    const { aws } = this.config;
    if (accountId !== undefined) this.set(["aws", "accountId"], accountId);
    if (region !== undefined) this.set(["aws", "region"], region);
    if (availabilityZones) return this.set(["aws", "availabilityZones"], availabilityZones);
    if (region !== undefined && region !== aws.region) {
      throw missing("--zones", `since the region changes from ${aws.region} to ${region}`);
    }
  }

  setVpc(vpcCidr: string | undefined, files: readonly ConfigFile[]): void {
    const path = ["network", "vpcCidr"];
    if (vpcCidr !== undefined) return this.set(path, vpcCidr);
    const used = files.map(({ value }) => cidrBlock((value as EnvironmentFile).network.vpcCidr));
    let block = blockAfter(cidrBlock(this.config.network.vpcCidr));
    while (block && used.some((other) => block && overlaps(other, block)))
      block = blockAfter(block);
    if (!block) throw missing("--vpc-cidr", "since no block above the other's is free");
    this.note(path, block.text);
  }

  setBackend({ name, workspace, bucket, key }: NewEnvironment): void {
    const { backend } = this.config;
    for (const [option, value] of Object.entries({ workspace, bucket, key })) {
      const type = option === "workspace" ? "cloud" : "s3";
      if (value === undefined) continue;
      if (backend.type === type) this.set(["backend", option], value);
      else
        throw refused(
          `--${option}`,
          `is for a backend of type ${type}, and ${this.from.path} has ${backend.type}`,
        );
    }
    if (backend.type === "cloud" && workspace === undefined) {
      if (backend.workspace === undefined)
        throw missing("--workspace", `since ${this.from.path} has tags`);
      this.rename(["backend", "workspace"], backend.workspace, name, "--workspace");
    }
    if (workspace !== undefined) this.remove(["backend", "tags"]);
    if (backend.type === "s3" && key === undefined && backend.key !== undefined) {
      this.rename(["backend", "key"], backend.key, name, "--key");
    }
  }

  dropWhatIsLocal({ accountId, region, certificateArn }: NewEnvironment): void {
    const { aws, fleet, network } = this.config;
    const moved = region !== undefined && region !== aws.region;
    const elsewhere = moved || (accountId !== undefined && accountId !== aws.accountId);
    if (certificateArn !== undefined) this.set(["network", "apiCertificateArn"], certificateArn);
    else if (elsewhere && network.apiCertificateArn !== undefined) {
      const why = "since a load balancer takes certificates of its own account and region only";
      throw missing("--certificate", why);
    }
    if (moved && fleet.image.amiId !== "latest") this.note(["fleet", "image", "amiId"], "latest");
  }

  /** Puts the new environment's name in place of the other's, where that tells them apart. */
  private rename(path: FieldPath, value: string, name: string, option: string): void {
    const renamed = value.replace(this.from.name, name);
    if (renamed === value) {
      throw missing(option, `since "${value}" of ${this.from.path} doesn't name the environment`);
    }
    this.note(path, renamed);
  }

  private note(path: FieldPath, value: unknown): void {
    this.set(path, value);
    this.notes.push(`${renderPath(path)} is ${JSON.stringify(value)}`);
  }
}

function missing(option: string, why: string): RoutedError {
  return new RoutedError("invalid-argument", `${option} must be given, ${why}`);
}

function refused(option: string, why: string): RoutedError {
  return new RoutedError("invalid-argument", `${option} ${why}; leave it out`);
}
