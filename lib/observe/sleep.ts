import { setTimeout } from "node:timers/promises";

export type Sleep = (milliseconds: number) => Promise<void>;

export const sleep: Sleep = (milliseconds) => setTimeout(milliseconds);
