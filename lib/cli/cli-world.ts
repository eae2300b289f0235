/** The world that a command runs in; tests pass their own. */
export interface CliWorld {
  readonly variables: NodeJS.ProcessEnv;
  /** Columns of the terminal; undefined where it is none. */
  readonly width: number | undefined;
  readonly print: (text: string) => void;
  readonly printError: (text: string) => void;
}

/** Exit status of every command when something is wrong. */
export const FAILED = 1;
