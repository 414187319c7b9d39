#!/usr/bin/env node
import { processIo } from "./io.js";
import { realTools } from "./real-tools.js";
import { run } from "./run.js";

/** A reader that has seen enough, as in `aws-dr check … | head`, is no error. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(process.exitCode ?? 0);
  });
}

process.exitCode = await run(process.argv.slice(2), processIo(), realTools);
