import type { GateAnswer, GatePort, GateQuestion } from "../ports";

/** Without a gate, waves go on. */
export const openGate: GatePort = {
  ask: () => Promise.resolve({ open: true, message: "no gate is given" }),
};

/** Several gates as one, asked in their order: it is open where all of them are. */
export function allGates(gates: readonly GatePort[]): GatePort {
  const [only] = gates;
  if (!only) return openGate;
  if (gates.length === 1) return only;
  return { ask: (question, signal) => askAll(gates, question, signal) };
}

async function askAll(
  gates: readonly GatePort[],
  question: GateQuestion,
  signal: AbortSignal,
): Promise<GateAnswer> {
  const messages: string[] = [];
  const outputs: string[] = [];
  for (const gate of gates) {
    const answer = await gate.ask(question, signal);
    if (!answer.open) return answer;
    messages.push(answer.message);
    if (answer.output) outputs.push(answer.output);
  }
  return {
    open: true,
    message: messages.join("; "),
    ...(outputs.length === 0 ? {} : { output: outputs.join("\n") }),
  };
}
