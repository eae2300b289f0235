import { assertNever } from "../../errors";
import { renderHeldPage } from "../../plan/render/render-outcome";
import { renderPopsTouched } from "../../plan/render/render-plan";
import { renderDuration } from "../duration";
import { topicsOfWaiting } from "../events";
import type { RolloutEvent } from "../events";
import type { RolloutResult } from "../rollout-result";
import { stepOf } from "../wave-steps";
import { countOf } from "../../words";

/**
 * Tells a rollout as lines of text, for where there is no terminal: `10:02:31 …`, in UTC. What was
 * told isn't told again.
 *
 * @returns what turns an event into its lines, without line ends; none where there is nothing new
 */
export function plainLines(): (event: RolloutEvent) => string[] {
  let waited = "";
  return (event) => {
    const lines = linesOf(event);
    if (event.type === "looked") return [];
    const text = lines.join("\n");
    const isOld = event.type === "waiting" && text === waited;
    waited = event.type === "waiting" ? text : "";
    const time = event.at.slice(11, 19);
    return isOld ? [] : lines.map((line) => `${time} ${line}`);
  };
}

function linesOf(event: RolloutEvent): string[] {
  switch (event.type) {
    case "rollout-started": {
      const back = event.to === null ? "" : `, back to before ${event.to}`;
      const again = event.resumed ? ", resumed" : "";
      return [
        `rollout ${event.rolloutId} of ${event.environment} by ${event.operator}${again}${back}`,
      ];
    }
    case "looked":
      return [];
    case "look-failed":
      return [`can't be read now: ${event.message}`];
    case "waiting":
      return [
        event.for === "window"
          ? `waits until ${event.until}: ${event.message}`
          : `held, at most until ${event.until}: ${event.message}`,
        ...topicsOfWaiting(event).map(renderHeldPage),
      ];
    case "set-active":
      return [event.message];
    case "wave-started": {
      const count = `${event.done + 1} of ${event.done + event.remaining}`;
      const head = event.resumed ? "is seen to its end: " : "";
      return [
        `wave ${event.wave} (${count}): ${head}${event.summary}`,
        ...event.popsTouched.map((pops) => `  ${renderPopsTouched(pops)}`),
      ];
    }
    case "phase-started":
      return stepOf(event.phase).long ? [`  ${stepOf(event.phase).name} …`] : [];
    case "phase-progress":
      return [`    ${event.message}`];
    case "phase-ended": {
      const words = event.message === "" ? "" : `: ${event.message}`;
      const time = renderDuration(event.seconds);
      return [`  ${stepOf(event.phase).name} ${event.outcome} in ${time}${words}`];
    }
    case "wave-ended":
      return [
        `wave ${event.wave} ${event.result}${event.message === "" ? "" : `: ${event.message}`}`,
      ];
    case "note":
      return [`note: ${event.message}`];
    case "rollout-ended":
      return resultLines(event.result);
    default:
      return assertNever(event);
  }
}

/** How a rollout ended, and what to do. */
export function resultLines(result: RolloutResult): string[] {
  const after = `after ${countOf(result.waves, "wave")}`;
  switch (result.kind) {
    case "converged":
      return [`converged ${after}: ${result.message}`];
    case "max-waves":
    case "max-time":
      return [`ended ${after}, as asked: ${result.message}`];
    case "stopped":
      return [
        `stopped ${after} (${result.reason}): ${result.message}`,
        `what to do: ${result.remedy}`,
        `see docs/runbooks/stopped-${result.reason}.md`,
      ];
    case "interrupted":
      return [`${result.message} (${after})`, `what to do: ${result.remedy}`];
  }
}
