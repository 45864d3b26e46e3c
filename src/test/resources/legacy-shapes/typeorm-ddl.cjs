// Prints the DDL by which TypeORM's synchronize makes these entities. Usage: see typeorm.sql.
require('reflect-metadata');
const { DataSource, EntitySchema } = require('typeorm');

const url = process.env.DATABASE_URL;
const connection = url.startsWith('file:')
  ? { type: 'better-sqlite3', database: url.slice('file:'.length) }
  : { type: new URL(url).protocol.slice(0, -1).replace('postgresql', 'postgres'), url };
const instant = connection.type === 'better-sqlite3' ? 'datetime' : 'timestamp';

const id = { type: 'uuid', primary: true, generated: 'uuid' };
const createdAt = { type: instant, createDate: true };
const updatedAt = { type: instant, updateDate: true };
const belongsTo = (target, column) => ({
  type: 'many-to-one', target, joinColumn: { name: column }, nullable: false, onDelete: 'CASCADE',
});

const User = new EntitySchema({ name: 'user', columns: { id, name: { type: String }, createdAt, updatedAt } });
const Thread = new EntitySchema({
  name: 'thread',
  columns: { id, title: { type: String, nullable: true }, createdAt, updatedAt },
  relations: { user: belongsTo('user', 'userId') },
});
const Feedback = new EntitySchema({
  name: 'feedback',
  columns: {
    id,
    type: { type: String, length: 50 },
    value: { type: 'text', nullable: true },
    comment: { type: 'text', nullable: true },
    messageId: { type: String, nullable: true },
    helpful: { type: Boolean, nullable: true },
    rating: { type: 'int', nullable: true },
    createdAt,
    updatedAt,
  },
  relations: { thread: belongsTo('thread', 'threadId'), user: belongsTo('user', 'userId') },
});

const database = new DataSource({ ...connection, entities: [User, Thread, Feedback] });
database
  .initialize()
  .then(() => database.driver.createSchemaBuilder().log())
  .then((log) => log.upQueries.forEach(({ query }) => console.log(query.trim() + ';')))
  .then(() => process.exit(0));
