// Copies the libraries we serve ourselves out of node_modules, with their licences.
// A sourceMappingURL names a file we do not ship; manifest storage would stop at it.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, "../..");
const modules = path.join(here, "node_modules");

const LIBRARIES = [
  {
    name: "bootstrap",
    files: ["dist/css/bootstrap.min.css", "dist/js/bootstrap.bundle.min.js", "LICENSE"],
    to: "static/vendored/bootstrap",
    use: "layout, forms, the menu on a phone, dialogs",
  },
  {
    name: "@digital-go-jp/design-tokens",
    files: ["dist/tokens.css", "LICENSE"],
    to: "static/vendored/design-tokens",
    use: "colours and sizes of Digital Agency Japan, mapped onto Bootstrap in static/css/portal.css",
  },
  {
    name: "tom-select",
    files: ["dist/js/tom-select.base.min.js", "dist/css/tom-select.bootstrap5.min.css", "LICENSE"],
    to: "static/vendored/tom-select",
    use: "search in selects of more than 20 options; loaded only where there is one",
  },
  {
    name: "bootstrap-icons",
    files: ["LICENSE"],
    to: "static/vendored/bootstrap-icons",
    use: "the icons listed in tools/editor/icons.json, as static/icons.svg",
  },
  {
    name: "axe-core",
    files: ["axe.min.js", "LICENSE", "LICENSE-3RD-PARTY.txt"],
    to: "tests/vendored",
    use: "accessibility checks in browser tests; never served",
  },
];

async function textOf(...parts) {
  return readFile(path.join(modules, ...parts), "utf8");
}

async function versionOf(name) {
  return JSON.parse(await textOf(name, "package.json"));
}

async function copy({ name, files, to }) {
  const folder = path.join(root, to);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const file of files) {
    const content = await textOf(name, file);
    const stripped = content.replace(/\/[/*][#@] sourceMappingURL=.*$/gm, "").trimEnd();
    await writeFile(path.join(folder, path.basename(file)), `${stripped}\n`);
  }
}

async function symbolOf(icon) {
  const svg = await textOf("bootstrap-icons", "icons", `${icon}.svg`);
  const [, viewBox, inner] = /viewBox="([^"]+)"[^>]*>([\s\S]*)<\/svg>/.exec(svg);
  return `<symbol id="${icon}" viewBox="${viewBox}">${inner.replace(/\s*\n\s*/g, "")}</symbol>`;
}

async function writeSprite() {
  const icons = JSON.parse(await readFile(path.join(here, "icons.json"), "utf8"));
  const symbols = await Promise.all(icons.map(symbolOf));
  const sprite = `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`;
  await writeFile(path.join(root, "static/icons.svg"), sprite);
}

async function writeVersions() {
  const lines = [];
  for (const { name, to, use } of LIBRARIES) {
    const { version, license } = await versionOf(name);
    lines.push(`| ${name} | ${version} | ${license} | \`${to}\` | ${use} |`);
  }
  const editor = await versionOf("@tiptap/core");
  lines.push(
    `| TipTap and ProseMirror | ${editor.version} | MIT | \`static/vendored/editor\` | the chapter editor;` +
      " every package and licence in `THIRD-PARTY-LICENSES.txt` beside it |",
  );
  const text = `# Vendored files

Written by \`tools/editor/vendor.mjs\` and \`tools/editor/build.mjs\`; do not edit by hand.
To take a newer version: change \`tools/editor/package.json\`, then in that folder
\`npm install && npm run vendor && npm run build\`, and look at the pages again.
The source of the chapter editor itself is ours, \`tools/editor/src\`; after a change of it
\`npm ci && npm run build\` is enough.

| Library | Version | Licence | Where | For |
|---|---|---|---|---|
${lines.join("\n")}
`;
  await writeFile(path.join(root, "static/vendored/VERSIONS.md"), text);
}

for (const library of LIBRARIES) await copy(library);
await writeSprite();
await writeVersions();
