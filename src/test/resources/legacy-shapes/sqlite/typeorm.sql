-- What TypeORM's synchronize creates on SQLite: the output of typeorm-ddl.cjs, unchanged, and then rows. UUIDs are texts,
-- dates are texts in UTC.
-- Made by: npm install typeorm@1.1.1 better-sqlite3 reflect-metadata
--          DATABASE_URL=file:./empty.db node typeorm-ddl.cjs

CREATE TABLE "user" ("id" varchar PRIMARY KEY NOT NULL, "name" varchar NOT NULL, "createdAt" datetime NOT NULL DEFAULT (datetime('now')), "updatedAt" datetime NOT NULL DEFAULT (datetime('now')));
CREATE TABLE "thread" ("id" varchar PRIMARY KEY NOT NULL, "title" varchar, "createdAt" datetime NOT NULL DEFAULT (datetime('now')), "updatedAt" datetime NOT NULL DEFAULT (datetime('now')), "userId" varchar NOT NULL);
CREATE TABLE "feedback" ("id" varchar PRIMARY KEY NOT NULL, "type" varchar(50) NOT NULL, "value" text, "comment" text, "messageId" varchar, "helpful" boolean, "rating" integer, "createdAt" datetime NOT NULL DEFAULT (datetime('now')), "updatedAt" datetime NOT NULL DEFAULT (datetime('now')), "threadId" varchar NOT NULL, "userId" varchar NOT NULL);
CREATE TABLE "temporary_thread" ("id" varchar PRIMARY KEY NOT NULL, "title" varchar, "createdAt" datetime NOT NULL DEFAULT (datetime('now')), "updatedAt" datetime NOT NULL DEFAULT (datetime('now')), "userId" varchar NOT NULL, CONSTRAINT "FK_57782d1d6ab602aa9ff43cf30a2" FOREIGN KEY ("userId") REFERENCES "user" ("id") ON DELETE CASCADE ON UPDATE NO ACTION);
INSERT INTO "temporary_thread"("id", "title", "createdAt", "updatedAt", "userId") SELECT "id", "title", "createdAt", "updatedAt", "userId" FROM "thread";
DROP TABLE "thread";
ALTER TABLE "temporary_thread" RENAME TO "thread";
CREATE TABLE "temporary_feedback" ("id" varchar PRIMARY KEY NOT NULL, "type" varchar(50) NOT NULL, "value" text, "comment" text, "messageId" varchar, "helpful" boolean, "rating" integer, "createdAt" datetime NOT NULL DEFAULT (datetime('now')), "updatedAt" datetime NOT NULL DEFAULT (datetime('now')), "threadId" varchar NOT NULL, "userId" varchar NOT NULL, CONSTRAINT "FK_da900c01399b9cd80fa3f123cce" FOREIGN KEY ("threadId") REFERENCES "thread" ("id") ON DELETE CASCADE ON UPDATE NO ACTION, CONSTRAINT "FK_4a39e6ac0cecdf18307a365cf3c" FOREIGN KEY ("userId") REFERENCES "user" ("id") ON DELETE CASCADE ON UPDATE NO ACTION);
INSERT INTO "temporary_feedback"("id", "type", "value", "comment", "messageId", "helpful", "rating", "createdAt", "updatedAt", "threadId", "userId") SELECT "id", "type", "value", "comment", "messageId", "helpful", "rating", "createdAt", "updatedAt", "threadId", "userId" FROM "feedback";
DROP TABLE "feedback";
ALTER TABLE "temporary_feedback" RENAME TO "feedback";
INSERT INTO "user" (id, name) VALUES ('0b6f1f3e-3f0a-4b57-9d49-0f5f2c9a0001', 'Ada');
INSERT INTO "thread" (id, title, "createdAt", "userId") VALUES ('0b6f1f3e-3f0a-4b57-9d49-0f5f2c9a0002', 'Hello', '2024-01-01 11:00:00.500', '0b6f1f3e-3f0a-4b57-9d49-0f5f2c9a0001');
INSERT INTO "feedback" (id, type, rating, helpful, "threadId", "userId") VALUES ('0b6f1f3e-3f0a-4b57-9d49-0f5f2c9a0003', 'rating', 5, 1, '0b6f1f3e-3f0a-4b57-9d49-0f5f2c9a0002', '0b6f1f3e-3f0a-4b57-9d49-0f5f2c9a0001');
