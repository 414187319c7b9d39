export { type Decision, decideIdentity, decideTrust } from "./decide.js";
export { UnsupportedPolicy } from "./document.js";
export { readPolicy } from "./read-policy.js";
export { type DeployedRole, rolesOf } from "./roles.js";
