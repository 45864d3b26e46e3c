package dev.threadsmigration.ledger;

import org.jspecify.annotations.Nullable;

/**
 * One thing that validation found.
 *
 * @param kind {@code missing} (the target has no such record) or {@code different} (a field is not what it must be)
 * @param field a field, for metadata with the path inside it; null where the record is missing
 * @param legacyValue what legacy has
 * @param expected what the target must have
 * @param found what it has
 */
public record ValidationIssue(
        String entity,
        @Nullable String legacyId,
        String kind,
        @Nullable String field,
        @Nullable String legacyValue,
        @Nullable String expected,
        @Nullable String found) {}
