import { dataManagementHandler } from "../handlers/data-management.js";
import { wire } from "./wiring.js";

const { library, estate } = wire();

export const handler = dataManagementHandler({ library, estate });
