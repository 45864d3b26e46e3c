package dev.threadsmigration.database;

/**
 * A column that is loaded in bulk.
 *
 * @param name as the database spells it
 * @param typeName the database's own name of its type
 */
public record BulkColumn(String name, String typeName) {}
