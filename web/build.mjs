// Bundles the pages' script, styles and fonts into static/dist, each named by a hash of its
// content, with manifest.json telling the server which name stands for which source.
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import esbuild from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(here, "static/dist");
const kept = new Set([".keep", ".built"]);

await mkdir(dist, { recursive: true });
for (const name of await readdir(dist)) {
  if (!kept.has(name)) await rm(path.join(dist, name), { recursive: true });
}

const result = await esbuild.build({
  absWorkingDir: here,
  entryPoints: { app: "static/src/app.js", filters: "static/src/filters.js", page: "static/src/page.css" },
  outdir: dist,
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  bundle: true,
  minify: true,
  metafile: true,
  format: "esm",
  target: ["es2022", "chrome120", "firefox121", "safari17"],
  loader: { ".woff2": "file" },
  legalComments: "none",
});

const manifest = {};
for (const [output, about] of Object.entries(result.metafile.outputs)) {
  const source = about.entryPoint ?? Object.keys(about.inputs)[0];
  manifest[path.basename(source)] = path.basename(output);
}

const icon = await readFile(path.join(here, "static/src/icon.svg"));
const iconName = `icon-${createHash("sha256").update(icon).digest("hex").slice(0, 8).toUpperCase()}.svg`;
await writeFile(path.join(dist, iconName), icon);
manifest["icon.svg"] = iconName;

await writeFile(path.join(dist, "manifest.json"), JSON.stringify(manifest, null, 2) + "\n");
