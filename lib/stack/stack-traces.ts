// `import … = require` keeps the module itself: a bundler's copy could not be changed.
// eslint-disable-next-line @typescript-eslint/no-require-imports
import stackTrace = require("cdktf/lib/tokens/private/stack-trace");

/**
 * CDKTF captures a whole stack trace for every token that is made, which takes half of the time of
 * a synthesis, and shows it only where a token cannot be resolved. Without them the synthesized
 * JSON is the same, byte for byte. Call it before anything is constructed.
 */
export function disableStackTraces(): void {
  stackTrace.captureStackTrace = () => [];
}
