package dev.threadsmigration.preflight;

import dev.threadsmigration.config.DeferIndexes;
import dev.threadsmigration.config.MigrationProperties;
import dev.threadsmigration.database.Dialect;
import dev.threadsmigration.database.TargetDialect;
import dev.threadsmigration.ledger.LedgerSchema;
import dev.threadsmigration.ledger.MigrationRegistry;
import dev.threadsmigration.legacy.LegacyDatabase;
import dev.threadsmigration.legacy.LegacyTable;
import dev.threadsmigration.legacy.LegacyTableFinder;
import dev.threadsmigration.mapping.MappingRules;
import dev.threadsmigration.model.Amount;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.RejectionCode;
import dev.threadsmigration.target.TargetTable;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.JdbcUtils;

/** Looks at both databases and says whether the migration can run. Writes nothing. */
public final class Preflight {

    private final MigrationProperties properties;
    private final DataSource legacy;
    private final DataSource target;
    private final Dialect legacyDialect;
    private final TargetDialect targetDialect;

    private final List<Check> checks = new ArrayList<>();
    private final Set<String> privileges = new LinkedHashSet<>(List.of("SELECT", "INSERT"));
    private Check.@Nullable Result unwritableLegacy;

    public Preflight(MigrationProperties properties, DataSource legacy, DataSource target) {
        this.properties = properties;
        this.legacy = legacy;
        this.target = target;
        this.legacyDialect = Dialect.of(properties.source().url());
        this.targetDialect = TargetDialect.of(properties.target().url());
        if (properties.followsChanges()) {
            privileges.add("UPDATE");
        }
        if (properties.dualWrite().enabled()) {
            privileges.add(Privileges.TRIGGER);
        }
        if (properties.followsDeletions()) {
            toRemove();
        }
    }

    /** Also asks for what a rollback needs. */
    public void toRollBack() {
        toRemove();
    }

    /** Also tries whether legacy can be written, as {@code sync} must, where the job file has any. */
    public void toSync() {
        unwritableLegacy = Check.Result.FAILED;
    }

    /** The same for a {@code sync} that comes later: what is in its way does not keep anything from being moved. */
    public void toSyncLater() {
        unwritableLegacy = Check.Result.NOTE;
    }

    /** Rows are locked before they are removed, for which PostgreSQL wants UPDATE. */
    private void toRemove() {
        privileges.addAll(List.of("UPDATE", "DELETE"));
    }

    /** Makes every check that can be made; a later one is left out where it needs what an earlier one missed. */
    public PreflightReport run() {
        checks.clear();
        // Both at once: a first connection takes longer than most of the checks.
        CompletableFuture<Connected> connecting = CompletableFuture.supplyAsync(this::connectTarget);
        Connected source =
                connect("legacy database", legacy, properties.source().toString());
        Connected destination = connecting.join();
        checks.addAll(List.of(source.check(), destination.check()));
        try (Connection from = source.connection();
                Connection to = destination.connection()) {
            if (from == null || to == null) {
                return new PreflightReport(List.copyOf(checks), null);
            }
            checkSession(source.check().about(), from, legacyDialect);
            checkSession(destination.check().about(), to, targetDialect);
            return failed() ? new PreflightReport(List.copyOf(checks), null) : look(from, to);
        } catch (SQLException e) {
            checks.add(Check.failed("databases", ConnectionProblem.explain(e)));
            return new PreflightReport(List.copyOf(checks), null);
        }
    }

    /** Whether the target can be connected to, for what reads nothing else. */
    public Check reachTarget() {
        Connected destination = connectTarget();
        JdbcUtils.closeConnection(destination.connection());
        return destination.check();
    }

    private Connected connectTarget() {
        return connect("target database", target, properties.target().toString());
    }

    private record Connected(@Nullable Connection connection, Check check) {}

    private static Connected connect(String about, DataSource dataSource, String url) {
        Connection connection = null;
        try {
            connection = dataSource.getConnection();
            DatabaseMetaData metaData = connection.getMetaData();
            return new Connected(
                    connection,
                    Check.ok(
                            about,
                            "%s, %s %s"
                                    .formatted(
                                            url,
                                            metaData.getDatabaseProductName(),
                                            metaData.getDatabaseProductVersion())));
        } catch (SQLException e) {
            JdbcUtils.closeConnection(connection);
            return new Connected(
                    null, Check.failed(about, "%s cannot be used: %s".formatted(url, ConnectionProblem.explain(e))));
        }
    }

    private PreflightReport look(Connection source, Connection destination) throws SQLException {
        checkSettings();
        checkDualWrite();
        String identity = identity(source);
        Map<Entity, LegacyTableFinder.Found> sources = new LegacyTables(properties, legacyDialect, checks).find(source);
        TargetTables targets = new TargetTables(properties, targetDialect, checks);
        targets.find(destination, sources.keySet());
        checkEncoding(destination);
        Privileges rights = new Privileges(destination, targetDialect, checks);
        rights.check(targets.tables().values(), targets.planned(), privileges, properties.pauseWhen());
        if (rights.checkLedger()) {
            MigrationRegistry registry = new MigrationRegistry(target);
            if (new OtherMigrations(properties, checks)
                    .check(new LedgerSchema(target, targetDialect), registry, identity)) {
                new LedgerKeys(properties, registry, checks).check(source, sources);
            }
        }
        KeyChecks keys = new KeyChecks(new LegacyDatabase(legacy), legacyDialect, checks);
        LegacyWrites writes =
                unwritableLegacy == null || !properties.dualWrite().enabled()
                        ? null
                        : new LegacyWrites(
                                new LegacyDatabase(legacy),
                                legacyDialect,
                                properties.dualWrite().deletes(),
                                unwritableLegacy,
                                checks);
        Map<Entity, EntityPlan> plans = new EnumMap<>(Entity.class);
        for (Map.Entry<Entity, LegacyTableFinder.Found> found : sources.entrySet()) {
            Entity entity = found.getKey();
            LegacyTable table = found.getValue().table();
            if (table != null) {
                MappingRules rules = new MappingRules(table, found.getValue().rules(), targets.extras(entity));
                String idExpression = keys.check(source, rules, found.getValue().name());
                long total = new LegacyDatabase(legacy).count(table);
                checks.add(Check.ok("legacy " + entity, Amount.of(total, "row") + " in " + table.describe()));
                if (writes != null) {
                    writes.check(source, rules);
                }
                TargetTable destined = targets.tables().get(entity);
                if (destined != null) {
                    plans.put(entity, new EntityPlan(rules, destined, idExpression, total));
                }
            }
        }
        return new PreflightReport(
                List.copyOf(checks),
                failed() ? null : new MigrationPlan(plans, targets.tables(), identity, targets.planned()));
    }

    private boolean failed() {
        return checks.stream().anyMatch(check -> check.result() == Check.Result.FAILED);
    }

    private void checkSession(String about, Connection connection, Dialect dialect) throws SQLException {
        List<String> leftOut = dialect.session().leftOut(connection);
        if (!leftOut.isEmpty()) {
            checks.add(Check.failed(
                    about,
                    "what this tool sets for its sessions does not arrive (%s). %s"
                            .formatted(String.join(", ", leftOut), ConnectionProblem.POOLER)));
        }
    }

    private void checkSettings() {
        if (targetDialect.activeSessionsQuery() == null
                && !properties.pauseWhen().isNever()) {
            checks.add(Check.failed(
                    "pause-when", "only PostgreSQL can be asked how it is: take migration.pause-when out"));
        }
        if (!targetDialect.defersIndexes() && properties.deferIndexes() == DeferIndexes.ALWAYS) {
            checks.add(Check.failed(
                    "defer-indexes", "works on PostgreSQL alone: set migration.defer-indexes: auto, or leave it out"));
        }
    }

    private void checkDualWrite() {
        if (properties.dualWrite().enabled() && targetDialect.writeCapture() == null) {
            checks.add(Check.failed(
                    "dual-write", "works with a target on PostgreSQL alone: take migration.dual-write out"));
        }
    }

    private void checkEncoding(Connection destination) throws SQLException {
        Charset encoding = targetDialect.encoding(destination);
        if (!encoding.equals(StandardCharsets.UTF_8)) {
            checks.add(Check.note(
                    "target database",
                    "its encoding is %s, not UTF8: records with characters that it lacks are rejected as %s"
                            .formatted(encoding, RejectionCode.CHARACTER_NOT_IN_TARGET.code())));
        }
    }

    private String identity(Connection source) throws SQLException {
        try (Statement statement = source.createStatement();
                ResultSet result = statement.executeQuery(legacyDialect.identityQuery())) {
            result.next();
            return result.getString(1);
        } catch (SQLException e) {
            if (legacyDialect.errors().isPassing(e)) {
                throw e;
            }
            // Not everybody may ask for it; where it lies is the next best thing to tell it by.
            return properties.source().toString();
        }
    }
}
