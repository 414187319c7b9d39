import type { CellTopicsArgs } from "../../../components/index.js";
import { keyArns, orders } from "../../support/cells.js";
import { type ArgumentTable, inPlace, replaces } from "../support/argument-table.js";
import { otherKeyArns, renamed } from "./values.js";

export const cellTopics: ArgumentTable<CellTopicsArgs> = {
  component: "CellTopics",
  sample: { cell: orders, keyArns, emails: ["on-call@shop.example"] },
  rows: {
    cell: replaces(
      renamed,
      ["sns:Topic", "sns:TopicPolicy", "sns:TopicSubscription"],
      "a topic is its name; AWS asks each address for its consent again",
    ),
    keyArns: inPlace(otherKeyArns),
    emails: [inPlace(["on-call@shop.example", "shop@shop.example"]), inPlace([])],
  },
};
