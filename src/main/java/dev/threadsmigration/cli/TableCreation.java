package dev.threadsmigration.cli;

import dev.threadsmigration.config.MigrationProperties;
import dev.threadsmigration.database.TargetDialect;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.target.NewTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code create-tables}: makes the target's missing tables once everything else was found to be in order. */
final class TableCreation {

    private static final Logger LOG = LoggerFactory.getLogger("dev.threadsmigration.run");

    private final Session session;
    private final MigrationProperties properties;
    private final TargetDialect dialect;

    TableCreation(Session session) {
        this.session = session;
        this.properties = session.properties();
        this.dialect = TargetDialect.of(properties.target().url());
    }

    /**
     * Creates them all or none; a dry run's go when its transaction is rolled back.
     *
     * @throws UsageException where they cannot be created
     */
    void create(Set<Entity> entities) {
        boolean dryRun = session.options().dryRun();
        if (dryRun && !dialect.rollsBackDefinitions()) {
            throw new UsageException("a dry run cannot create tables in " + dialect.productName()
                    + ", which would keep them: create them first, or run without --dry-run");
        }
        try (Connection connection = session.target().getConnection()) {
            connection.setAutoCommit(false);
            try {
                NewTables.beside(connection, dialect, properties.target()).create(connection, entities);
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new UsageException("the target's tables cannot be created: " + Causes.describe(e));
        }
        LOG.info(
                "Created the target's tables for {}.",
                entities.stream().sorted().map(Entity::label).collect(Collectors.joining(", ")));
    }
}
