package dev.threadsmigration.preflight;

import dev.threadsmigration.config.MigrationProperties;
import dev.threadsmigration.ledger.LedgerSchema;
import dev.threadsmigration.ledger.MigrationRegistry;
import java.util.List;

/** Whether what was migrated into this target before leaves room for this migration. */
final class OtherMigrations {

    private final MigrationProperties properties;
    private final List<Check> checks;

    /** @param checks where what was found is added */
    OtherMigrations(MigrationProperties properties, List<Check> checks) {
        this.properties = properties;
        this.checks = checks;
    }

    /**
     * @param identity of the legacy database
     * @return whether this migration has begun
     */
    boolean check(LedgerSchema ledger, MigrationRegistry registry, String identity) {
        String problem = ledger.problem();
        if (problem != null) {
            checks.add(Check.failed("target ledger", problem));
            return false;
        }
        if (!ledger.exists()) {
            return false;
        }
        List<MigrationRegistry.Registered> known = registry.all();
        // One that has begun is gone on with and taken back, whatever was begun beside it.
        boolean begun = known.stream().anyMatch(one -> one.name().equals(properties.name()));
        for (MigrationRegistry.Registered other : known) {
            if (other.name().equals(properties.name())) {
                if (!other.sourceIdentity().equals(identity)) {
                    checks.add(Check.failed(
                            "migration",
                            "'%s' was started from another legacy database (%s, now %s): choose another migration.name"
                                    .formatted(other.name(), other.sourceIdentity(), identity)));
                }
            } else if (other.sourceIdentity().equals(identity)) {
                checks.add(
                        begun || properties.allowOtherMigrations()
                                ? Check.note("migration", other.hasMoved())
                                : Check.failed("migration", other.refusal()));
            }
        }
        return begun;
    }
}
