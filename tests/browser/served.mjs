// A book that claimbook serves on this machine, in a folder that is gone after the tests.
import { execFileSync, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after } from "node:test";
import { close } from "./site.mjs";

const PROGRAM = path.resolve(process.env.CLAIMBOOK ?? "../../target/debug/claimbook");
export const folder = await mkdtemp(path.join(tmpdir(), "claimbook-"));
export const inBook = (name) => path.join(folder, "book", name);
export const claimbook = (...words) => execFileSync(PROGRAM, words, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

// Serves the book and says at which address.
export async function serve() {
  const server = spawn(PROGRAM, ["serve", "--root", inBook(""), "--port", "0", "--today", "2026-11-22"], { stdio: ["ignore", "ignore", "pipe"] });
  after(async () => {
    server.kill();
    await close();
    await rm(folder, { recursive: true });
  });
  return new Promise((resolve, reject) => {
    let said = "";
    server.stderr.on("data", (words) => {
      said += words;
      const found = /serving (http:\S+\/)/.exec(said);
      if (found) resolve(found[1]);
    });
    server.on("exit", () => reject(new Error(said)));
  });
}
