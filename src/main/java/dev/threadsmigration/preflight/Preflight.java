package dev.threadsmigration.preflight;

import dev.threadsmigration.config.DeferIndexes;
import dev.threadsmigration.config.EntityMapping;
import dev.threadsmigration.config.FieldRule;
import dev.threadsmigration.config.MigrationProperties;
import dev.threadsmigration.config.Presets;
import dev.threadsmigration.database.Dialect;
import dev.threadsmigration.database.TableInspector;
import dev.threadsmigration.database.TargetDialect;
import dev.threadsmigration.ledger.LedgerSchema;
import dev.threadsmigration.ledger.MigrationRegistry;
import dev.threadsmigration.legacy.LegacyDatabase;
import dev.threadsmigration.legacy.LegacyTable;
import dev.threadsmigration.legacy.LegacyTableFinder;
import dev.threadsmigration.mapping.ExtraColumn;
import dev.threadsmigration.mapping.MappingRules;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.target.TargetTable;
import dev.threadsmigration.target.TargetTableFinder;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final Set<Entity> planned = EnumSet.noneOf(Entity.class);
    private final List<String> privileges = new ArrayList<>(List.of("SELECT", "INSERT"));

    public Preflight(MigrationProperties properties, DataSource legacy, DataSource target) {
        this.properties = properties;
        this.legacy = legacy;
        this.target = target;
        this.legacyDialect = Dialect.of(properties.source().url());
        this.targetDialect = TargetDialect.of(properties.target().url());
    }

    /** Also asks for what a rollback needs: it locks rows, for which PostgreSQL wants UPDATE, and removes them. */
    public void toRollBack() {
        privileges.addAll(List.of("UPDATE", "DELETE"));
    }

    /** Makes every check that can be made; a later one is left out where it needs what an earlier one missed. */
    public PreflightReport run() {
        checks.clear();
        planned.clear();
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
            return look(from, to);
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
        String identity = identity(source);
        Map<Entity, LegacyTableFinder.Found> sources = findLegacy(source);
        Map<Entity, TargetTable> tables = findTarget(destination, sources.keySet());
        Privileges rights = new Privileges(destination, targetDialect, checks);
        rights.check(tables.values(), planned, privileges, properties.pauseWhen());
        if (rights.checkLedger()) {
            checkOtherMigrations(identity);
        }
        KeyChecks keys = new KeyChecks(new LegacyDatabase(legacy), legacyDialect, checks);
        Map<Entity, EntityPlan> plans = new EnumMap<>(Entity.class);
        for (Map.Entry<Entity, LegacyTableFinder.Found> found : sources.entrySet()) {
            LegacyTable table = found.getValue().table();
            if (table != null) {
                MappingRules rules = new MappingRules(
                        table, found.getValue().rules(), extras(found.getKey(), tables.get(found.getKey())));
                String idExpression = keys.check(source, rules, found.getValue().name());
                long total = new LegacyDatabase(legacy).count(table);
                checks.add(Check.ok("legacy " + found.getKey(), "%s rows in %s".formatted(total, table.describe())));
                if (tables.containsKey(found.getKey())) {
                    plans.put(found.getKey(), new EntityPlan(rules, tables.get(found.getKey()), idExpression, total));
                }
            }
        }
        boolean failed = checks.stream().anyMatch(check -> check.result() == Check.Result.FAILED);
        return new PreflightReport(
                List.copyOf(checks), failed ? null : new MigrationPlan(plans, tables, identity, Set.copyOf(planned)));
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

    private String identity(Connection source) throws SQLException {
        try (Statement statement = source.createStatement();
                ResultSet result = statement.executeQuery(legacyDialect.identityQuery())) {
            result.next();
            return result.getString(1);
        } catch (SQLException e) {
            if (legacyDialect.isPassing(e)) {
                throw e;
            }
            // Not everybody may ask for it; where it lies is the next best thing to tell it by.
            return properties.source().toString();
        }
    }

    private Map<Entity, LegacyTableFinder.Found> findLegacy(Connection source) throws SQLException {
        Map<Entity, EntityMapping> preset = Presets.mapping(properties.preset());
        LegacyTableFinder finder = new LegacyTableFinder(source, legacyDialect);
        Map<Entity, LegacyTableFinder.Found> sources = new EnumMap<>(Entity.class);
        List<Entity> named = properties.entities();
        for (Entity entity : named == null ? Arrays.asList(Entity.values()) : named) {
            EntityMapping mapping = properties.mapping().get(entity);
            Optional<LegacyTableFinder.Found> found =
                    mapping == null ? Optional.empty() : finder.find(entity, mapping, preset.get(entity));
            if (found.isPresent()) {
                sources.put(entity, found.get());
                note(entity, found.get());
            } else {
                String missing = "there is no table '%s' in the legacy database"
                        .formatted(mapping == null ? entity : mapping.table());
                checks.add(
                        named == null
                                ? Check.note("legacy " + entity, missing + ", so " + entity + " are not moved")
                                : Check.failed(
                                        "legacy " + entity,
                                        missing + ". Name it under migration.mapping." + entity
                                                + ".table, or leave the entity out of migration.entities"));
            }
        }
        if (sources.isEmpty()) {
            checks.add(Check.failed(
                    "legacy tables",
                    "none of the preset's tables is there. They are in: %s"
                            .formatted(TableInspector.tableNames(source))));
        }
        return sources;
    }

    private void note(Entity entity, LegacyTableFinder.Found found) {
        found.problems().forEach(problem -> checks.add(Check.failed("legacy " + entity, problem)));
        if (!found.absent().isEmpty()) {
            checks.add(Check.note(
                    "legacy " + entity,
                    "no column %s, so the fields that the preset takes from there have no value"
                            .formatted(String.join(", ", found.absent()))));
        }
    }

    private Map<Entity, TargetTable> findTarget(Connection destination, Set<Entity> moved) throws SQLException {
        Set<Entity> needed = EnumSet.noneOf(Entity.class);
        for (Entity entity : moved) {
            needed.add(entity);
            needed.addAll(entity.references());
        }
        TargetTableFinder finder = new TargetTableFinder(destination, targetDialect, properties.target());
        Map<Entity, TargetTable> tables = new EnumMap<>(Entity.class);
        for (Entity entity : needed) {
            TargetTableFinder.Found found =
                    finder.find(entity, extraRules(entity).keySet());
            found.problems().forEach(problem -> checks.add(Check.failed("target " + entity, problem)));
            if (found.table() != null) {
                tables.put(entity, found.table());
                checks.add(
                        found.planned()
                                ? Check.note("target " + entity, found.table().name() + " will be created")
                                : Check.ok(
                                        "target " + entity,
                                        found.table().name() + " has all columns that are written"));
                if (found.planned()) {
                    planned.add(entity);
                }
            }
        }
        return tables;
    }

    private Map<String, FieldRule> extraRules(Entity entity) {
        EntityMapping mapping = properties.mapping().get(entity);
        return mapping == null ? Map.of() : mapping.extra();
    }

    private List<ExtraColumn> extras(Entity entity, @Nullable TargetTable table) {
        return table == null
                ? List.of()
                : table.extras().stream()
                        .map(column -> new ExtraColumn(column, ruleOf(extraRules(entity), column.name())))
                        .toList();
    }

    private static FieldRule ruleOf(Map<String, FieldRule> rules, String column) {
        return rules.entrySet().stream()
                .filter(rule -> rule.getKey().equalsIgnoreCase(column))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private void checkOtherMigrations(String identity) {
        LedgerSchema ledger = new LedgerSchema(target, targetDialect);
        String problem = ledger.problem();
        if (problem != null) {
            checks.add(Check.failed("target ledger", problem));
        }
        if (!ledger.exists()) {
            return;
        }
        List<MigrationRegistry.Registered> known = new MigrationRegistry(target).all();
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
                String message = "migration '%s' has moved this legacy database into this target already"
                        .formatted(other.name());
                checks.add(
                        begun || properties.allowOtherMigrations()
                                ? Check.note("migration", message)
                                : Check.failed(
                                        "migration",
                                        message
                                                + ": to go on with it set migration.name: %s; to start another one beside"
                                                        .formatted(other.name())
                                                + " it set migration.allow-other-migrations: true"));
            }
        }
    }
}
