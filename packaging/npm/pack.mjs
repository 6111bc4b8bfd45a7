// Usage: node packaging/npm/pack.mjs FOLDER SYSTEM=PROGRAM…
//
// Makes npm packages below FOLDER, ready for `npm pack` and `npm publish`: `claimbook` with a short script that runs the
// program, and for each system (such as linux-x64, in the words of process.platform and process.arch) a package with
// the program itself. Version, description, licence and address are those of Cargo.toml.
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const SYSTEMS = ["darwin-arm64", "darwin-x64", "linux-arm64", "linux-x64", "win32-x64"];

// The licences of the program, and that of the font in it.
const LICENCES = ["LICENSE-APACHE", "LICENSE-MIT", "src/preview/OFL.txt"];
const FILES = ["bin", ...LICENCES.map((licence) => basename(licence))];

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const [folder, ...programs] = process.argv.slice(2);
const pairs = programs.map((pair) => pair.split("="));
if (!folder || !pairs.length || pairs.some(([system, program]) => !SYSTEMS.includes(system) || !program)) {
  console.error(`usage: node packaging/npm/pack.mjs FOLDER SYSTEM=PROGRAM…; a system is ${SYSTEMS.join(", ")}`);
  process.exit(2);
}

const metadata = JSON.parse(
  execFileSync("cargo", ["metadata", "--no-deps", "--format-version=1"], { cwd: root, encoding: "utf8" }),
);
const { version, description, license, repository } = metadata.packages.find(({ name }) => name === "claimbook");
const common = { version, description, license, repository: { type: "git", url: `git+${repository}.git` }, homepage: repository };

function writePackage(name, manifest, files) {
  const target = join(folder, name);
  mkdirSync(join(target, "bin"), { recursive: true });
  for (const [from, to] of Object.entries(files)) {
    copyFileSync(from, join(target, to));
    if (to.startsWith("bin/")) chmodSync(join(target, to), 0o755);
  }
  for (const licence of LICENCES) copyFileSync(join(root, licence), join(target, basename(licence)));
  writeFileSync(join(target, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  console.log(target);
}

for (const [system, program] of pairs) {
  const [os, cpu] = system.split("-");
  const file = os === "win32" ? "bin/claimbook.exe" : "bin/claimbook";
  writePackage(`claimbook-${system}`, { name: `@claimbook/${system}`, ...common, os: [os], cpu: [cpu], files: FILES }, { [program]: file });
}
const optionalDependencies = Object.fromEntries(pairs.map(([system]) => [`@claimbook/${system}`, version]));
writePackage(
  "claimbook",
  { name: "claimbook", ...common, bin: { claimbook: "bin/claimbook.js" }, files: FILES, engines: { node: ">=18" }, optionalDependencies },
  { [join(here, "claimbook.js")]: "bin/claimbook.js", [join(here, "../README.md")]: "README.md" },
);
