-- What TypeORM's synchronize creates for the entities in typeorm-ddl.cjs beside this file: its output, unchanged,
-- but for the extension, which TypeORM creates when it connects.
-- Made by: npm install typeorm@1.1.1 pg reflect-metadata
--          DATABASE_URL=postgresql://user:password@host/empty node typeorm-ddl.cjs
-- Its thread has no organization, tenant or metadata, as many applications' has not.

CREATE EXTENSION IF NOT EXISTS "uuid-ossp";
CREATE TABLE "user" ("id" uuid NOT NULL DEFAULT uuid_generate_v4(), "name" character varying NOT NULL, "createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), CONSTRAINT "PK_cace4a159ff9f2512dd42373760" PRIMARY KEY ("id"));
CREATE TABLE "thread" ("id" uuid NOT NULL DEFAULT uuid_generate_v4(), "title" character varying, "createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), "userId" uuid NOT NULL, CONSTRAINT "PK_cabc0f3f27d7b1c70cf64623e02" PRIMARY KEY ("id"));
CREATE TABLE "feedback" ("id" uuid NOT NULL DEFAULT uuid_generate_v4(), "type" character varying(50) NOT NULL, "value" text, "comment" text, "messageId" character varying, "helpful" boolean, "rating" integer, "createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), "threadId" uuid NOT NULL, "userId" uuid NOT NULL, CONSTRAINT "PK_8389f9e087a57689cd5be8b2b13" PRIMARY KEY ("id"));
ALTER TABLE "thread" ADD CONSTRAINT "FK_57782d1d6ab602aa9ff43cf30a2" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE "feedback" ADD CONSTRAINT "FK_da900c01399b9cd80fa3f123cce" FOREIGN KEY ("threadId") REFERENCES "thread"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE "feedback" ADD CONSTRAINT "FK_4a39e6ac0cecdf18307a365cf3c" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
