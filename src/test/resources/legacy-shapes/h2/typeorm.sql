-- typeorm.sql as it would be on H2, which TypeORM does not know.
CREATE TABLE "user" ("id" uuid NOT NULL DEFAULT random_uuid(), "name" character varying NOT NULL, "createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), CONSTRAINT "PK_cace4a159ff9f2512dd42373760" PRIMARY KEY ("id"));
CREATE TABLE "thread" ("id" uuid NOT NULL DEFAULT random_uuid(), "title" character varying, "createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), "userId" uuid NOT NULL, CONSTRAINT "PK_cabc0f3f27d7b1c70cf64623e02" PRIMARY KEY ("id"));
CREATE TABLE "feedback" ("id" uuid NOT NULL DEFAULT random_uuid(), "type" character varying(50) NOT NULL, "value" text, "comment" text, "messageId" character varying, "helpful" boolean, "rating" integer, "createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), "threadId" uuid NOT NULL, "userId" uuid NOT NULL, CONSTRAINT "PK_8389f9e087a57689cd5be8b2b13" PRIMARY KEY ("id"));
ALTER TABLE "thread" ADD CONSTRAINT "FK_57782d1d6ab602aa9ff43cf30a2" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE;
ALTER TABLE "feedback" ADD CONSTRAINT "FK_da900c01399b9cd80fa3f123cce" FOREIGN KEY ("threadId") REFERENCES "thread"("id") ON DELETE CASCADE;
ALTER TABLE "feedback" ADD CONSTRAINT "FK_4a39e6ac0cecdf18307a365cf3c" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE;
INSERT INTO "user" ("id", "name") VALUES ('0b6f1f3e-3f0a-4b57-9d49-0f5f2c9a0001', 'Ada');
INSERT INTO "thread" ("id", "title", "createdAt", "userId") VALUES ('0b6f1f3e-3f0a-4b57-9d49-0f5f2c9a0002', 'Hello', TIMESTAMP '2024-01-01 11:00:00.5', '0b6f1f3e-3f0a-4b57-9d49-0f5f2c9a0001');
INSERT INTO "feedback" ("id", "type", "rating", "threadId", "userId") VALUES ('0b6f1f3e-3f0a-4b57-9d49-0f5f2c9a0003', 'rating', 5, '0b6f1f3e-3f0a-4b57-9d49-0f5f2c9a0002', '0b6f1f3e-3f0a-4b57-9d49-0f5f2c9a0001');
