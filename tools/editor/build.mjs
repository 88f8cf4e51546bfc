// Builds the chapter editor into one file and writes down the licences of everything inside it.
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
