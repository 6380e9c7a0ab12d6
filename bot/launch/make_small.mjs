// Makes scripts and sheets small: `node make_small.mjs MODULES GIVEN`, where GIVEN is JSON. `builds` are as esbuild takes
// them, from `source` to `made`; then each script and sheet in `made` is left there compressed too.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const [modules, given] = process.argv.slice(2);
const { source, made, builds } = JSON.parse(given);

if (builds.length) {
  const esbuild = createRequire(join(modules, "/"))("esbuild-wasm");
  for (const build of builds) {
    await esbuild.build({ ...build, absWorkingDir: source, outdir: made, minify: true, logLevel: "error" });
  }
  await esbuild.stop();
}

for (const name of readdirSync(made).filter((one) => /\.(js|css)$/.test(one))) {
  const file = join(made, name), content = readFileSync(file);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  writeFileSync(`${file}.br`, brotliCompressSync(content, { params }));
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
}
