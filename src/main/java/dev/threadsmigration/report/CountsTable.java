package dev.threadsmigration.report;

import dev.threadsmigration.ledger.Counts;
import dev.threadsmigration.model.Entity;
import java.util.Locale;
import java.util.Map;

/** The promise's equation as a table for a terminal. */
public final class CountsTable {

    private CountsTable() {}

    public static String of(Map<Entity, Counts> entities) {
        StringBuilder table = new StringBuilder("  %-10s %13s %13s %13s %13s %13s%n"
                .formatted("", "total =", "migrated +", "duplicate +", "rejected +", "remaining"));
        entities.forEach((entity, counts) -> table.append(String.format(
                Locale.ROOT,
                "  %-10s %,11d   %,11d   %,11d   %,11d   %,11d%n",
                entity.label(),
                counts.total(),
                counts.migrated(),
                counts.duplicate(),
                counts.rejected(),
                counts.remaining())));
        return table.toString();
    }
}
