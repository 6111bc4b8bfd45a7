#!/usr/bin/env node
// Runs the program, which is in a package for each system. npm installs only the one that fits.
"use strict";

const { spawn } = require("node:child_process");

const system = `${process.platform}-${process.arch}`;
const file = process.platform === "win32" ? "claimbook.exe" : "claimbook";
let program;
try {
  program = require.resolve(`@claimbook/${system}/bin/${file}`);
} catch {
  console.error(`error: the package @claimbook/${system} is missing.
Either npm was asked to leave out optional packages (--omit=optional), or there is no program for ${system}:
\`cargo install claimbook\` compiles one.`);
  process.exit(2);
}

const child = spawn(program, process.argv.slice(2), { stdio: "inherit" });
const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
for (const signal of signals) process.on(signal, () => child.kill(signal));
child.on("error", (error) => {
  console.error(`error: ${program} could not be run: ${error.message}`);
  process.exitCode = 2;
});
child.on("exit", (code, signal) => {
  if (!signal) {
    process.exitCode = code;
    return;
  }
  // End by the same signal, which is how a shell learns of it.
  for (const each of signals) process.removeAllListeners(each);
  process.kill(process.pid, signal);
});
