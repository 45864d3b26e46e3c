/** What several tests use: servers, forums to migrate, command lines. */
package dev.threadsmigration.support;
