import { OBSERVE_CALLS } from "./calls";
import type { AwsCallName } from "./calls";
import type { AwsSession, EcsListCall } from "./session";
import { mapConcurrently, batches } from "./concurrency";

/**
 * DescribeX calls at once, of one kind. ECS refills 20 a second after a burst of 100, for services
 * apart from the rest: at some 50 ms a call this drains the burst only beyond 1,250 services or
 * 10,000 tasks, and then the SDK's back-off paces it.
 */
const DESCRIBES_AT_ONCE = 5;

/** The largest page of ECS's lists. */
export const LIST_PAGE = 100;

/** One DescribeX answer: what it found, by ARN, and what it didn't. */
export interface Described<Item> {
  readonly items: readonly Item[] | undefined;
  readonly failures:
    | readonly { readonly arn?: string | undefined; readonly reason?: string | undefined }[]
    | undefined;
}

export interface Description<Item> {
  readonly call: AwsCallName;
  /** Where the ARNs came from. */
  readonly list: EcsListCall;
  /** The most ARNs that one call takes. */
  readonly batchSize: number;
  readonly arnOf: (item: Item) => string | undefined;
  readonly describe: (arns: string[]) => Promise<Described<Item>>;
}

/** The ARNs on a list's pages. */
export function listedArns(
  session: AwsSession,
  call: EcsListCall,
  pages: readonly (readonly string[] | undefined)[],
  field: string,
): string[] {
  const arns = pages
    .flatMap((page) => session.required(call, page, field))
    .map((arn) => session.required(call, arn, `${field}[]`));
  session.assertDistinct(call, arns);
  return arns;
}

/**
 * What ECS says of each of `arns`, in their order.
 *
 * @throws RoutedError `unreadable-aws` where it says nothing of one, or something of another
 */
export async function describeAll<Item>(
  session: AwsSession,
  arns: readonly string[],
  description: Description<Item>,
): Promise<Item[]> {
  const answers = await mapConcurrently(
    batches(arns, description.batchSize),
    DESCRIBES_AT_ONCE,
    async (batch) => matched(session, batch, description, await description.describe(batch)),
  );
  return answers.flat();
}

/** The items of one answer, each of which must have been asked for, in the order they were. */
function matched<Item>(
  session: AwsSession,
  asked: readonly string[],
  { call, list, arnOf }: Description<Item>,
  { items = [], failures = [] }: Described<Item>,
): Item[] {
  const changed = `${session.environment.name} changed while it was read`;
  const byArn = new Map<string | undefined, Item>();
  for (const item of items) {
    const arn = session.required(call, arnOf(item), "ARN");
    if (!asked.includes(arn)) {
      throw session.refusal(call, `gave ${arn}, which was not asked for`, "its answer is not used");
    }
    if (byArn.has(arn)) throw session.refusal(call, `gave ${arn} twice`, changed);
    byArn.set(arn, item);
  }
  return asked.map((arn) => {
    const item = byArn.get(arn);
    if (item !== undefined) return item;
    const reason = failures.find((failure) => failure.arn === arn)?.reason;
    throw reason === undefined
      ? session.refusal(call, `gave nothing for ${arn}`, "an incomplete answer is not used")
      : session.refusal(
          call,
          `gave ${reason} for ${arn}, which ${OBSERVE_CALLS[list]} listed`,
          changed,
        );
  });
}
