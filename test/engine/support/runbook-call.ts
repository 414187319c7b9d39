import type { World } from "./world.js";

/** What a call of the AWS CLI says, with its options by their names. */
export interface Call {
  readonly region: string;
  readonly said: ReadonlyMap<string, readonly string[]>;
}

/** What a call changes of what deployments made. */
export type Effect = (world: World, call: Call) => void;

/** The first value of an option. Throws where it has none. */
export function one({ said }: Call, option: string): string {
  const [value] = said.get(option) ?? [];
  if (value === undefined) throw new Error(`--${option} must be given, got nothing`);
  return value;
}
