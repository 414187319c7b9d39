export {
  type Decision,
  decideAccess,
  decideAssume,
  decideIdentity,
  decideTrust,
  grantsIn,
} from "./decide.js";
export { UnsupportedPolicy } from "./document.js";
export { readPolicy } from "./read-policy.js";
export { type ResourcePolicies, resourcePoliciesOf } from "./resource-policies.js";
export { type DeployedRole, rolesOf } from "./roles.js";
