// Prints the DDL that Prisma makes of a schema, without its binary engines. Usage: see prisma.sql.
import fs from 'node:fs';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as engineModule from './node_modules/@prisma/schema-engine-wasm/schema_engine_bg.js';

const wasm = fs.readFileSync('./node_modules/@prisma/schema-engine-wasm/schema_engine_bg.wasm');
const instance = new WebAssembly.Instance(new WebAssembly.Module(wasm), { './schema_engine_bg.js': engineModule });
engineModule.__wbg_set_wasm(instance.exports);
instance.exports.__wbindgen_start();

const url = process.env.DATABASE_URL;
const provider = url.startsWith('file:') ? 'sqlite' : new URL(url).protocol.slice(0, -1);
const content = fs.readFileSync(process.argv[2], 'utf8').replace('"postgresql"', `"${provider}"`);
// Only the one that is used must be installed.
const adapter = {
  postgresql: async () => new (await import('@prisma/adapter-pg')).PrismaPg({ connectionString: url }),
  sqlite: async () => new (await import('@prisma/adapter-better-sqlite3')).PrismaBetterSqlite3({ url }),
}[provider];
const engine = await engineModule.SchemaEngine.new(
  { datamodels: [['schema.prisma', content]] },
  () => {},
  bindMigrationAwareSqlAdapterFactory(await adapter()),
);
const result = await engine.diff({
  from: { tag: 'empty' },
  to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content }] },
  script: true,
  exitCode: null,
  shadowDatabaseUrl: null,
  filters: { externalTables: [], externalEnums: [] },
});
console.log(result.stdout);
process.exit(0);
