import { dataManagementHandler } from "../handlers/data-management.js";
import { wireTables } from "./wiring.js";

const { library, estate } = wireTables();

export const handler = dataManagementHandler({ library, estate });
