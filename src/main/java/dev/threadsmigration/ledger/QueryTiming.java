package dev.threadsmigration.ledger;

import org.jspecify.annotations.Nullable;

/**
 * How one of the new system's queries performed on the migrated data.
 *
 * @param name findByUser, recentThreads, search, or searchMetadata where metadata is of a type that can be looked into
 * @param p50Ms median time in milliseconds
 * @param p95Ms time in milliseconds that one of twenty exceeded
 * @param rows that the last one returned
 * @param plan as the database explains it
 * @param missingIndex the statement that makes the index it lacks; null where it lacks none
 */
public record QueryTiming(
        String name,
        double p50Ms,
        double p95Ms,
        long rows,
        String plan,
        @Nullable String missingIndex) {}
