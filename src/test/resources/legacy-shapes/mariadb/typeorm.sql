-- What TypeORM's synchronize creates on MySQL: the output of typeorm-ddl.cjs, unchanged, and then rows. UUIDs are texts.
-- Made by: npm install typeorm@1.1.1 mysql2 reflect-metadata
--          DATABASE_URL=mysql://user@host/empty node typeorm-ddl.cjs

CREATE TABLE `user` (`id` varchar(36) NOT NULL, `name` varchar(255) NOT NULL, `createdAt` timestamp(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6), `updatedAt` timestamp(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6), PRIMARY KEY (`id`)) ENGINE=InnoDB;
CREATE TABLE `thread` (`id` varchar(36) NOT NULL, `title` varchar(255) NULL, `createdAt` timestamp(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6), `updatedAt` timestamp(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6), `userId` varchar(36) NOT NULL, PRIMARY KEY (`id`)) ENGINE=InnoDB;
CREATE TABLE `feedback` (`id` varchar(36) NOT NULL, `type` varchar(50) NOT NULL, `value` text NULL, `comment` text NULL, `messageId` varchar(255) NULL, `helpful` tinyint NULL, `rating` int NULL, `createdAt` timestamp(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6), `updatedAt` timestamp(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6), `threadId` varchar(36) NOT NULL, `userId` varchar(36) NOT NULL, PRIMARY KEY (`id`)) ENGINE=InnoDB;
ALTER TABLE `thread` ADD CONSTRAINT `FK_57782d1d6ab602aa9ff43cf30a2` FOREIGN KEY (`userId`) REFERENCES `user`(`id`) ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE `feedback` ADD CONSTRAINT `FK_da900c01399b9cd80fa3f123cce` FOREIGN KEY (`threadId`) REFERENCES `thread`(`id`) ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE `feedback` ADD CONSTRAINT `FK_4a39e6ac0cecdf18307a365cf3c` FOREIGN KEY (`userId`) REFERENCES `user`(`id`) ON DELETE CASCADE ON UPDATE NO ACTION;
INSERT INTO `user` (id, name) VALUES ('0b6f1f3e-3f0a-4b57-9d49-0f5f2c9a0001', 'Ada');
INSERT INTO `thread` (id, title, `createdAt`, `userId`) VALUES ('0b6f1f3e-3f0a-4b57-9d49-0f5f2c9a0002', 'Hello', '2024-01-01 16:30:00.5', '0b6f1f3e-3f0a-4b57-9d49-0f5f2c9a0001');
INSERT INTO `feedback` (id, type, rating, helpful, `threadId`, `userId`) VALUES ('0b6f1f3e-3f0a-4b57-9d49-0f5f2c9a0003', 'rating', 5, 1, '0b6f1f3e-3f0a-4b57-9d49-0f5f2c9a0002', '0b6f1f3e-3f0a-4b57-9d49-0f5f2c9a0001');
