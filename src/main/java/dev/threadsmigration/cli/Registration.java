package dev.threadsmigration.cli;

import dev.threadsmigration.config.MigrationProperties;
import dev.threadsmigration.ledger.MigrationRegistry;
import dev.threadsmigration.mapping.IdMapping;
import dev.threadsmigration.preflight.MigrationPlan;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;

/** The migration's entry among those that have written into this target. */
final class Registration {

    private final Session session;
    private final MigrationProperties properties;
    private final String command;

    Registration(Session session) {
        this.session = session;
        this.properties = session.properties();
        this.command = session.options().command();
    }

    /**
     * The namespace of the ids that it makes; registers it where it begins.
     *
     * @throws UsageException where it cannot be run under these settings
     */
    UUID namespace(MigrationPlan plan) {
        UUID namespace = IdMapping.namespaceOf(properties);
        Optional<MigrationRegistry.Registered> known = known();
        if (known.isEmpty() && !command.equals("migrate")) {
            throw session.notStarted(session.verb());
        }
        if (known.isEmpty()) {
            return registerFirst(plan, namespace);
        }
        if (properties.idNamespace() != null && !known.get().idNamespace().equals(properties.idNamespace())) {
            throw new UsageException("migration.id-namespace is " + namespace + ", but the migration was started with "
                    + known.get().idNamespace() + ": its ids cannot change any more");
        }
        return known.get().idNamespace();
    }

    /** Empty where it has not begun. */
    Optional<MigrationRegistry.Registered> known() {
        return session.get(MigrationRegistry.class).all().stream()
                .filter(migration -> migration.name().equals(properties.name()))
                .findFirst();
    }

    private UUID registerFirst(MigrationPlan plan, UUID namespace) {
        try {
            session.get(MigrationRegistry.class)
                    .add(new MigrationRegistry.Registered(
                            properties.name(), properties.preset(), namespace, plan.sourceIdentity()));
            refuseBesideOneThatBeganAtThisMoment(plan);
            return namespace;
        } catch (DuplicateKeyException e) {
            // Another process started the same migration at this moment; the lock decides which of the two runs it.
            return namespace(plan);
        }
    }

    /** The preflight cannot have seen it; of two that see each other, neither begins. */
    private void refuseBesideOneThatBeganAtThisMoment(MigrationPlan plan) {
        MigrationRegistry registry = session.get(MigrationRegistry.class);
        registry.all().stream()
                .filter(other -> !other.name().equals(properties.name()))
                .filter(other -> other.sourceIdentity().equals(plan.sourceIdentity()))
                .filter(other -> !properties.allowOtherMigrations())
                .findFirst()
                .ifPresent(other -> {
                    registry.remove(properties.name());
                    throw new UsageException(other.refusal());
                });
    }
}
