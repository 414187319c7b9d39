/** What DRS does, or may do, that neither an operation nor a switch of the emulator brings about. */
export const notEmulated: readonly string[] = [
  "SERVER_SKIPPED in the log of a job: on what condition AWS skips a server is not known.",
  "The two events of EventBridge about source networks: no sample of their details is published.",
  "launchIntoSourceInstance of a launch template: kept and answered; servers that ReverseReplication creates are not set to launch into the instance they came from.",
  "Instances of EC2 that DRS did not launch: platform, boot mode, tags and state of one to launch into are not looked at.",
  "Grants of customer-managed keys: KMS is asked for nothing that only such a key needs.",
];
