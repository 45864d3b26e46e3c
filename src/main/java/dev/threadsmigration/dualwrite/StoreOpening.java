package dev.threadsmigration.dualwrite;

import com.zaxxer.hikari.HikariDataSource;
import dev.threadsmigration.config.EffectiveSettings;
import dev.threadsmigration.config.MigrationProperties;
import dev.threadsmigration.database.ConnectionPools;
import dev.threadsmigration.database.Dialect;
import dev.threadsmigration.database.TargetDialect;
import dev.threadsmigration.database.TargetEncoding;
import dev.threadsmigration.dualwrite.LegacyFallback.Source;
import dev.threadsmigration.ledger.AdoptedRows;
import dev.threadsmigration.ledger.AuditLog;
import dev.threadsmigration.ledger.BuildVersion;
import dev.threadsmigration.ledger.CarriedWrites;
import dev.threadsmigration.ledger.CurrentRun;
import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.ledger.LedgerSchema;
import dev.threadsmigration.ledger.MigrationRegistry;
import dev.threadsmigration.ledger.MigrationRegistry.Registered;
import dev.threadsmigration.ledger.Rejects;
import dev.threadsmigration.ledger.RunLock;
import dev.threadsmigration.ledger.RunStatus;
import dev.threadsmigration.ledger.StorableText;
import dev.threadsmigration.ledger.WriteQueue;
import dev.threadsmigration.legacy.KeysOfIds;
import dev.threadsmigration.legacy.LegacyRows;
import dev.threadsmigration.mapping.IdRules;
import dev.threadsmigration.mapping.RecordProcessor;
import dev.threadsmigration.mapping.RepeatedIds;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.preflight.Check;
import dev.threadsmigration.preflight.EntityPlan;
import dev.threadsmigration.preflight.MigrationPlan;
import dev.threadsmigration.preflight.Preflight;
import dev.threadsmigration.preflight.PreflightReport;
import dev.threadsmigration.target.ApplicationWrites;
import dev.threadsmigration.target.ChunkWriter;
import dev.threadsmigration.target.EarlierOutcomes;
import dev.threadsmigration.target.References;
import dev.threadsmigration.target.TargetTable;
import java.sql.SQLException;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Checks what a store needs, as a command does before it begins, and puts the store together. */
final class StoreOpening {

    /** A store belongs to an application that has pools of its own. */
    private static final int CONNECTIONS = 4;

    private final MigrationProperties properties;
    private final Clock clock;
    private final TargetDialect dialect;
    private final HikariDataSource target;
    private final HikariDataSource legacy;

    StoreOpening(MigrationProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
        this.dialect = TargetDialect.of(properties.target().url());
        this.target = ConnectionPools.of(
                "dual-write-target",
                properties.target().url(),
                properties.target().username(),
                properties.target().password(),
                dialect,
                Map.of(),
                CONNECTIONS);
        Dialect source = Dialect.of(properties.source().url());
        this.legacy = ConnectionPools.of(
                "dual-write-legacy",
                properties.source().url(),
                properties.source().username(),
                properties.source().password(),
                source,
                source.session().readingProperties(),
                CONNECTIONS);
    }

    DualWriteThreadStore open() {
        try {
            return checked();
        } catch (RuntimeException e) {
            target.close();
            legacy.close();
            throw e;
        }
    }

    private DualWriteThreadStore checked() {
        PreflightReport preflight = new Preflight(properties, legacy, target).run();
        MigrationPlan plan = preflight.plan();
        if (plan == null) {
            throw new IllegalStateException(
                    preflight.failures().stream().map(Check::message).collect(Collectors.joining("; ")));
        }
        if (!properties.dualWrite().enabled() || !new LedgerSchema(target, dialect).exists()) {
            throw notBegun();
        }
        CurrentRun run = new CurrentRun(properties.name());
        TargetEncoding encoding = new TargetEncoding(target, dialect);
        StorableText storable = new StorableText(encoding);
        UUID namespace = new MigrationRegistry(target)
                .all().stream()
                        .filter(known -> known.name().equals(properties.name()))
                        .map(Registered::idNamespace)
                        .findFirst()
                        .orElseThrow(this::notBegun);
        List<TargetTable> tables =
                plan.entities().values().stream().map(EntityPlan::table).toList();
        if (!new ApplicationWrites(target, dialect, new WriteQueue(target, storable, run), properties.name())
                .isAsWanted(true, tables)) {
            throw notBegun();
        }
        Ledger ledger = new Ledger(target, dialect, storable, run, clock);
        Rejects rejects = new Rejects(target, dialect, storable, run, clock);
        IdRules ids = new IdRules(namespace, new AdoptedRows(target, dialect, run, clock)::ask);
        AuditLog audit = new AuditLog(target, storable, run, clock);
        audit.begin(AuditLog.STORE, BuildVersion.current(), EffectiveSettings.of(properties), id -> true);
        audit.end(RunStatus.COMPLETED, 0, "opened by an application");
        Map<Entity, Source> sources = new EnumMap<>(Entity.class);
        plan.entities()
                .forEach((entity, how) ->
                        sources.put(entity, source(entity, how, plan, ids, encoding, ledger, rejects)));
        return new DualWriteThreadStore(
                target,
                legacy,
                plan.tables(),
                new LegacyFallback(
                        sources,
                        ledger,
                        new CarriedWrites(target, dialect, storable, run, clock),
                        new TransactionTemplate(new JdbcTransactionManager(target)),
                        RunLock.on(properties.target(), dialect, properties.name())),
                new TransactionTemplate(new JdbcTransactionManager(target)),
                properties.dualWrite(),
                clock);
    }

    private Source source(
            Entity entity,
            EntityPlan how,
            MigrationPlan plan,
            IdRules ids,
            TargetEncoding encoding,
            Ledger ledger,
            Rejects rejects) {
        LegacyRows rows = new LegacyRows(legacy, how.rules().table());
        RepeatedIds repeated = repeated(how, rows, ids);
        return new Source(
                how.rules(),
                rows,
                new KeysOfIds(legacy, how.rules().table(), how.rules().idColumns()),
                () -> new RecordProcessor(how.mapper(properties, ids, clock), repeated, encoding),
                () -> new ChunkWriter(
                        target,
                        how.table(),
                        References.of(entity, plan.tables(), rejects),
                        ledger,
                        rejects,
                        properties.preset(),
                        new EarlierOutcomes(true, true),
                        (moved, migrated, duplicate, rejected, rejectedBefore) -> {}));
    }

    private RepeatedIds repeated(EntityPlan how, LegacyRows rows, IdRules ids) {
        try {
            return how.idExpression().isEmpty()
                    ? RepeatedIds.NONE
                    : RepeatedIds.find(rows, how.idExpression(), how.mapper(properties, ids, clock));
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private IllegalStateException notBegun() {
        return new IllegalStateException(
                "The application's writes are not queued yet: set migration.dual-write.enabled: true in the job file of '%s' and run migrate or sync."
                        .formatted(properties.name()));
    }
}
