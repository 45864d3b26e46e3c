-- What Prisma creates on SQLite for schema.prisma: the output of prisma-ddl.mjs, unchanged, and then rows as its client
-- stores them, dates as milliseconds.
-- Made by: npm install @prisma/schema-engine-wasm@8.1.0-2.59be4fda12412a79eeb9c2ae727b6aa723593323 @prisma/adapter-better-sqlite3
--          DATABASE_URL=file:./empty.db node prisma-ddl.mjs schema.prisma

-- CreateTable
CREATE TABLE "User" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Thread" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "title" TEXT,
    "userId" TEXT NOT NULL,
    "organizationId" TEXT,
    "tenantId" TEXT,
    "metadata" JSONB,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "Thread_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Feedback" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "threadId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "value" TEXT,
    "comment" TEXT,
    "messageId" TEXT,
    "helpful" BOOLEAN,
    "rating" INTEGER,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "Feedback_threadId_fkey" FOREIGN KEY ("threadId") REFERENCES "Thread" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Feedback_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "Thread_userId_idx" ON "Thread"("userId");

INSERT INTO "User" VALUES ('ckv1user0000', 'Ada', 1704103200123, 1704189600000);
INSERT INTO "Thread" VALUES ('ckv1thread00', 'Hello', 'ckv1user0000', 'org1', 't1', '{"a": 1}', 1704106800500, 1704189600000);
INSERT INTO "Feedback" VALUES ('ckv1feedbk00', 'ckv1thread00', 'ckv1user0000', 'rating', NULL, 'good', NULL, 1, 5, 1704276000000);
