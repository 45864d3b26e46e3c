// Prints the DDL that Prisma makes of a schema, without its binary engines. Usage: see prisma.sql.
import fs from 'node:fs';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as engineModule from './node_modules/@prisma/schema-engine-wasm/schema_engine_bg.js';

const wasm = fs.readFileSync('./node_modules/@prisma/schema-engine-wasm/schema_engine_bg.wasm');
const instance = new WebAssembly.Instance(new WebAssembly.Module(wasm), { './schema_engine_bg.js': engineModule });
engineModule.__wbg_set_wasm(instance.exports);
instance.exports.__wbindgen_start();

const content = fs.readFileSync(process.argv[2], 'utf8');
const adapter = new PrismaPg({ connectionString: process.env.DATABASE_URL });
const engine = await engineModule.SchemaEngine.new(
  { datamodels: [['schema.prisma', content]] },
  () => {},
  bindMigrationAwareSqlAdapterFactory(adapter),
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
