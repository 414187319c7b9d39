export { type CustomerKeys, customerKeysOf } from "./customer-keys.js";
export {
  type Decision,
  decideAccess,
  decideAssume,
  decideIdentity,
  decideTrust,
  grantsIn,
} from "./decide.js";
export { UnsupportedPolicy } from "./document.js";
export { readReachable } from "./reachable-roles.js";
export { readPolicy } from "./read-policy.js";
export { type ResourcePolicies, resourcePoliciesOf } from "./resource-policies.js";
export { type DeployedRole, type Roles, rolesOf } from "./roles.js";
