/** Where a container's log goes, in CloudWatch. */
export interface LogConfigurationProps {
  readonly logGroupName: string;
  /** The log group's AWS region. */
  readonly region: string;
  /** The first part of the log stream's name. */
  readonly streamPrefix: string;
}

/**
 * How every container logs: never in the way of its work. A container that logs in the mode
 * `blocking` stands still at its next line once CloudWatch takes none, and a BGP daemon that stands
 * still loses its peers; in the mode `non-blocking` lines that don't fit into the buffer are lost. Left
 * out, an account's setting decides, which may be the other one in each account.
 *
 * The buffer is memory of the node's Docker daemon, for each container, only while CloudWatch lags.
 * 4 MiB are some 20,000 lines, and with two containers of 44 PoPs 352 MiB of a node.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html
 */
export function logConfiguration(props: LogConfigurationProps) {
  return {
    logDriver: "awslogs",
    options: {
      "awslogs-group": props.logGroupName,
      "awslogs-region": props.region,
      "awslogs-stream-prefix": props.streamPrefix,
      "max-buffer-size": "4m",
      mode: "non-blocking",
    },
  };
}
