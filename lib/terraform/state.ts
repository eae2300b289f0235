import { RoutedError } from "../errors";

/** A resource of Terraform's state, version 4; only what is relied on. */
interface StateResource {
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly provider: string;
  readonly instances: readonly StateInstance[];
}

interface StateInstance {
  readonly schema_version: number;
  /** `tainted`: it was made by an apply that failed afterwards, and the next one replaces it. */
  readonly status?: string;
  /** Set for the leftover of a replacement that failed half-way. */
  readonly deposed?: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly [more: string]: unknown;
}

interface StateContent {
  readonly version: 4;
  readonly serial: number;
  readonly resources: readonly StateResource[];
  readonly [more: string]: unknown;
}

/** A managed object of the state. */
export interface StateObject {
  /** E.g. `aws_instance.fleet_node-1_F28E9597`. */
  readonly address: string;
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly tainted: boolean;
}

/** An `aws_instance` as it was synthesized. */
export interface SynthesizedInstance {
  /** Its name in Terraform. */
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

const STATE_VERSION = 4;

/** Terraform's state, as `terraform state pull` gives it. */
export class TerraformState {
  constructor(readonly content: StateContent) {}

  /** Changes with everything that is written to it. */
  get version(): string {
    return `${String(this.content["lineage"])} ${this.content.serial}`;
  }

  /** Whether it manages the object with this id. */
  holds(type: string, id: string): boolean {
    return this.content.resources.some(
      (resource) =>
        resource.mode === "managed" &&
        resource.type === type &&
        resource.instances.some(({ attributes }) => attributes["id"] === id),
    );
  }

  /** All objects that it manages, leftovers left out. */
  objects(): StateObject[] {
    return this.content.resources
      .filter(({ mode }) => mode === "managed")
      .flatMap(({ type, name, instances }) =>
        instances
          .filter(({ deposed }) => deposed === undefined)
          .map(({ attributes, status }) => ({
            address: `${type}.${name}`,
            type,
            attributes,
            tainted: status === "tainted",
          })),
      );
  }

  /** For `terraform state push`, which takes only what is newer than what is there. */
  render(): string {
    return `${JSON.stringify({ ...this.content, serial: this.content.serial + 1 }, null, 2)}\n`;
  }
}

/**
 * @param text may be empty: nothing was deployed yet
 * @returns null where there is no state
 * @throws RoutedError `terraform-failed` where it is of a version that isn't known
 */
export function parseState(text: string): TerraformState | null {
  if (text.trim() === "") return null;
  let content: StateContent;
  try {
    content = JSON.parse(text) as StateContent;
  } catch (error) {
    const message = "terraform state pull gave no JSON; look at the state's backend";
    throw new RoutedError("terraform-failed", message, { cause: error });
  }
  if (content.version !== STATE_VERSION || !Array.isArray(content.resources)) {
    throw new RoutedError(
      "terraform-failed",
      `Terraform's state must be of version ${STATE_VERSION}, got ${String(content.version)}; use a Terraform that writes it`,
    );
  }
  // A remote backend shows a state that was never written as one without a lineage.
  if (content.resources.length === 0 && !content.lineage) return null;
  return new TerraformState(content);
}

/**
 * The state with an instance that runs, in place of what it held at that address. Only what the
 * provider can't read of EC2 is given; the next refresh reads the rest.
 */
export function withInstance(
  state: TerraformState,
  { name, config }: SynthesizedInstance,
  ids: { readonly instanceId: string; readonly networkInterfaceId: string },
): TerraformState {
  const { resources } = state.content;
  const isAws = (resource: StateResource): boolean => resource.type.startsWith("aws_");
  const provider = resources.find(isAws)?.provider;
  if (provider === undefined) {
    throw new RoutedError("terraform-failed", "Terraform's state names no AWS provider");
  }
  const instances = resources.find(({ type }) => type === "aws_instance")?.instances;
  const resource: StateResource = {
    mode: "managed",
    type: "aws_instance",
    name,
    provider,
    instances: [
      {
        // Of the provider that wrote the others; 1 is version 5's, which 6 brings up to its own.
        schema_version: instances?.[0]?.schema_version ?? 1,
        attributes: {
          id: ids.instanceId,
          network_interface: [
            {
              delete_on_termination: false,
              device_index: 0,
              network_card_index: 0,
              network_interface_id: ids.networkInterfaceId,
            },
          ],
          // That it is there says that it is read as base64; what it is, is read anew.
          ...("user_data_base64" in config ? { user_data_base64: config["user_data_base64"] } : {}),
          user_data_replace_on_change: config["user_data_replace_on_change"] ?? null,
        },
        sensitive_attributes: [],
      },
    ],
  };
  const others = resources.filter(
    (other) => !(other.mode === "managed" && other.type === "aws_instance" && other.name === name),
  );
  return new TerraformState({ ...state.content, resources: [...others, resource] });
}
