/** The unit of quota, of failure and of work: one account in one Region. */
export interface Lane {
  readonly account: string;
  readonly region: string;
}

/** A lane as text, `<account>/<region>`: key of journal items, messages and reports. */
export type LaneKey = `${string}/${string}`;

export function laneKey({ account, region }: Lane): LaneKey {
  return `${account}/${region}`;
}

export function laneOf(key: LaneKey): Lane {
  const [account = "", region = ""] = key.split("/");
  return { account, region };
}
