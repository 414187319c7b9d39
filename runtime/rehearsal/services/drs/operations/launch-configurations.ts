import { type LaunchSettings, launchReaders, wireLaunchConfiguration } from "../launch-settings.js";
import { readMembers } from "../members.js";
import { namedServer, namedServerArn } from "../named.js";
import { type Operation, postOperation, right } from "../operation.js";

const getLaunchConfiguration = postOperation("GetLaunchConfiguration", {
  rights: (call) => [right("drs:GetLaunchConfiguration", [namedServerArn(call)])],
  run: (call) => ({ status: 200, body: wireLaunchConfiguration(namedServer(call, "not-found")) }),
});

const updateLaunchConfiguration = postOperation("UpdateLaunchConfiguration", {
  rights: (call) => [right("drs:UpdateLaunchConfiguration", [namedServerArn(call)])],
  run(call) {
    const server = namedServer(call, "both");
    const changes = readMembers<LaunchSettings>(call.body, launchReaders);
    server.settings.launch = { ...server.settings.launch, ...changes };
    return { status: 200, body: wireLaunchConfiguration(server) };
  },
});

/** How one server is launched. */
export const launchConfigurationOperations: readonly Operation[] = [
  getLaunchConfiguration,
  updateLaunchConfiguration,
];
