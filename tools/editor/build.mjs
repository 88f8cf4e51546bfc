// Builds the chapter editor into one file, writes down the licences of everything inside it, and of
// which sources it was made: tests/infrastructure/test_editor_bundle.py fails when these were changed since.
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const target = path.resolve(here, "../../static/vendored/editor");

const result = await build({
  absWorkingDir: here,
  entryPoints: ["src/chapter-editor.js"],
  outfile: path.join(target, "chapter-editor.js"),
  bundle: true,
  format: "iife",
  legalComments: "none",
  loader: { ".svg": "text" },
  metafile: true,
  minify: true,
  target: "es2022",
});

function packageOf(file) {
  return /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
}

async function licenceOf(name) {
  const folder = path.join(here, "node_modules", name);
  const { version, license } = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? (await readFile(path.join(folder, file), "utf8")).trim() : `Licence: ${license}`;
  return `${name} ${version} (${license})\n\n${text}\n`;
}

const names = new Set(Object.keys(result.metafile.inputs).map(packageOf).filter(Boolean));
const licences = await Promise.all([...names].sort().map(licenceOf));
await mkdir(target, { recursive: true });
await writeFile(path.join(target, "THIRD-PARTY-LICENSES.txt"), licences.join(`\n${"-".repeat(80)}\n\n`));

// In the form of sha256sum, so that `sha256sum -c built.sha256` in this folder says it too.
const sources = (await readdir(path.join(here, "src"))).sort().map((name) => `src/${name}`);
const bundle = path.relative(here, path.join(target, "chapter-editor.js"));
const sums = ["build.mjs", "package-lock.json", ...sources, bundle].map(async (name) => {
  const sum = createHash("sha256").update(await readFile(path.join(here, name))).digest("hex");
  return `${sum}  ${name}\n`;
});
await writeFile(path.join(here, "built.sha256"), (await Promise.all(sums)).join(""));
