import { hexOf } from "../hashing.js";
import { flag, oneOf, type Readers, structure, text } from "./members.js";
import type { SourceServerRecord } from "./model.js";
import { arnText } from "./replication-settings.js";

/** What a template and a server's launch configuration have in common, as the API names it. */
interface CommonLaunchSettings {
  readonly launchDisposition: "STOPPED" | "STARTED";
  readonly targetInstanceTypeRightSizingMethod: string;
  readonly copyPrivateIp: boolean;
  readonly copyTags: boolean;
  readonly licensing: { readonly osByol?: boolean };
  readonly postLaunchEnabled: boolean;
  /** `FAST` skips conversion. */
  readonly recoveryMode?: "FAST" | "OPTIMAL";
}

export interface LaunchSettings extends CommonLaunchSettings {
  readonly name: string;
  readonly launchIntoInstanceProperties?: { readonly launchIntoEC2InstanceID?: string };
}

export interface LaunchTemplateSettings extends CommonLaunchSettings {
  readonly exportBucketArn?: string;
  readonly launchIntoSourceInstance?: boolean;
}

/** Constraints of the API model. */
const commonReaders: Readers<CommonLaunchSettings> = {
  launchDisposition: oneOf(["STOPPED", "STARTED"]),
  targetInstanceTypeRightSizingMethod: oneOf(["NONE", "BASIC", "IN_AWS"]),
  copyPrivateIp: flag,
  copyTags: flag,
  licensing: structure<{ readonly osByol?: boolean }>({ osByol: flag }),
  postLaunchEnabled: flag,
  recoveryMode: oneOf(["FAST", "OPTIMAL"]),
};

export const launchReaders: Readers<LaunchSettings> = {
  ...commonReaders,
  name: text({ max: 128 }),
  launchIntoInstanceProperties: structure<{ readonly launchIntoEC2InstanceID?: string }>({
    launchIntoEC2InstanceID: text({ max: 255, pattern: /^i-[0-9a-fA-F]{8,}$/ }),
  }),
};

export const launchTemplateReaders: Readers<LaunchTemplateSettings> = {
  ...commonReaders,
  exportBucketArn: arnText,
  launchIntoSourceInstance: flag,
};

/** What nobody has set, of servers and of templates. */
export const defaultLaunchSettings: CommonLaunchSettings = {
  launchDisposition: "STARTED",
  targetInstanceTypeRightSizingMethod: "BASIC",
  copyPrivateIp: false,
  copyTags: false,
  licensing: { osByol: false },
  postLaunchEnabled: false,
};

/** How a server is launched. */
export function launchSettingsOf({ hostname, settings }: SourceServerRecord): LaunchSettings {
  return { ...defaultLaunchSettings, name: hostname, ...settings.launch };
}

export function wireLaunchConfiguration(server: SourceServerRecord) {
  return {
    sourceServerID: server.server,
    ec2LaunchTemplateID: `lt-${hexOf("launch template", server.arn).slice(0, 17)}`,
    ...launchSettingsOf(server),
  };
}
