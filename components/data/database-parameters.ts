import type * as aws from "@pulumi/aws";

/**
 * The parameters of a group: the component's own, which are dynamic and hold at once, and the user's,
 * which wait for a reboot because nobody knows here which of them are static.
 */
export function postgresParameters(
  users: Readonly<Record<string, string>> = {},
  own: Readonly<Record<string, string>> = {},
): aws.types.input.rds.ClusterParameterGroupParameter[] {
  const all = (values: Readonly<Record<string, string>>, applyMethod: string) =>
    Object.entries(values).map(([name, value]) => ({ name, value, applyMethod }));
  return [...all(own, "immediate"), ...all(users, "pending-reboot")];
}

/** Version of PostgreSQL by which parameter groups are told apart: `16` of `16.6`. */
export function postgresMajor(engineVersion: string): string {
  return engineVersion.split(".")[0] ?? engineVersion;
}
