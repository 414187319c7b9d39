import { afterAll, beforeAll } from "vitest";
import { type DynamoBench, startDynamo, type TableStore } from "../adapters/dynamo-bench.js";
import { keepsAJournal } from "../adapters/journal-in-dynamo.js";
import { behavesAsListed } from "../adapters/keeps-behaviours.js";
import { keepsALibrary } from "../adapters/library-in-dynamo.js";
import { describeTier } from "../support/tier.js";
import { type Moto, moto, startMoto } from "./moto.js";
import { motoTables } from "./moto-tables.js";

describeTier("python", "the tests of our tables on moto's DynamoDB", moto(), (python) => {
  let server: Moto | undefined;

  beforeAll(async () => {
    server = await startMoto(python);
  });

  afterAll(() => server?.stop());

  const store: TableStore = (tables) => {
    if (server === undefined) throw new Error("moto has not started");
    return motoTables(server, tables);
  };
  const start = (): Promise<DynamoBench> => startDynamo(store);

  keepsAJournal("moto", start);
  keepsALibrary("moto", start);
  behavesAsListed("moto", start);
});
