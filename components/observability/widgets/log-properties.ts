import { z } from "zod";
import { accountId, region } from "./common.js";

/** Properties of a log widget: a query of CloudWatch Logs Insights names its log groups first. */
export const logProperties = z
  .strictObject({
    title: z.string().optional(),
    view: z.enum(["table", "timeSeries", "bar", "pie"]).optional(),
    stacked: z.boolean().optional(),
    region,
    accountId: accountId.optional(),
    queryLanguage: z.enum(["CWLI", "SQL", "PPL"]).optional(),
    query: z.string().min(1).max(10_000),
  })
  .refine(
    ({ queryLanguage = "CWLI", query }) => queryLanguage !== "CWLI" || query.startsWith("SOURCE "),
    { error: "must begin with SOURCE and a log group" },
  );
