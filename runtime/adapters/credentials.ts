import { AssumeRoleCommand, type STSClient } from "@aws-sdk/client-sts";
import { DrError } from "../core/errors.js";
import type { Lane } from "../core/lane.js";
import { partitionOf } from "../core/partition.js";

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/** Gives SDK clients a provider of credentials for a lane; the SDK asks again before they expire. */
export type CredentialsOfLane = (lane: Lane) => () => Promise<Credentials>;

export interface SpokeRole {
  readonly roleName: string;
  readonly externalId: string;
  readonly sessionName: string;
}

/** Credentials of the spoke role in a lane's account. Role chaining keeps them at an hour. */
export function spokeCredentials(sts: STSClient, spoke: SpokeRole): CredentialsOfLane {
  return ({ account, region }) =>
    async () => {
      const roleArn = `arn:${partitionOf(region)}:iam::${account}:role/${spoke.roleName}`;
      const { Credentials: given } = await sts.send(
        new AssumeRoleCommand({
          RoleArn: roleArn,
          RoleSessionName: spoke.sessionName,
          ExternalId: spoke.externalId,
        }),
      );
      if (
        !given?.AccessKeyId ||
        !given.SecretAccessKey ||
        !given.SessionToken ||
        !given.Expiration
      ) {
        throw new DrError("lane-unreachable", `STS gave no credentials for ${roleArn}.`);
      }
      return {
        accessKeyId: given.AccessKeyId,
        secretAccessKey: given.SecretAccessKey,
        sessionToken: given.SessionToken,
        expiration: given.Expiration,
      };
    };
}
