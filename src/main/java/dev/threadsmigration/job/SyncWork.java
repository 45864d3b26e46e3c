package dev.threadsmigration.job;

import dev.threadsmigration.carryback.LegacyChanges;
import dev.threadsmigration.carryback.LegacyDeletions;
import dev.threadsmigration.config.MigrationProperties;
import dev.threadsmigration.dualwrite.DeleteSync;
import dev.threadsmigration.dualwrite.NewKeys;
import dev.threadsmigration.dualwrite.QueueReader;
import dev.threadsmigration.dualwrite.WriteSync;
import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.ledger.OtherMigrations;
import dev.threadsmigration.ledger.Rejects;
import dev.threadsmigration.ledger.WriteQueue;
import dev.threadsmigration.legacy.KeysOfIds;
import dev.threadsmigration.legacy.LegacyDatabase;
import dev.threadsmigration.legacy.LegacyReferrers;
import dev.threadsmigration.legacy.LegacyReferrers.Reference;
import dev.threadsmigration.legacy.LegacyTable;
import dev.threadsmigration.mapping.LegacyPrecision;
import dev.threadsmigration.mapping.MappingRules;
import dev.threadsmigration.mapping.ReverseMapping;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.preflight.EntityPlan;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes the readers and writers of a {@code sync} as the plan has its entities. */
final class SyncWork {

    private static final int READ_AT_ONCE = 1000;

    private final EntityWork work;
    private final EntitySyncs syncs;
    private final MigrationProperties properties;
    private final RunOptions options;
    private final PlanHolder plan;
    private final Ledger ledger;
    private final Rejects rejects;
    private final WriteQueue queue;
    private final OtherMigrations others;
    private final MigrationJobs jobs;
    private final TransactionTemplate ahead;
    private final DataSource legacy;
    private @Nullable Long end;

    SyncWork(
            EntityWork work,
            EntitySyncs syncs,
            MigrationProperties properties,
            RunOptions options,
            PlanHolder plan,
            Ledger ledger,
            Rejects rejects,
            WriteQueue queue,
            OtherMigrations others,
            JobRepository repository,
            PlatformTransactionManager transactions,
            @Qualifier("legacy") DataSource legacy) {
        this.work = work;
        this.syncs = syncs;
        this.properties = properties;
        this.options = options;
        this.plan = plan;
        this.ledger = ledger;
        this.rejects = rejects;
        this.queue = queue;
        this.others = others;
        this.jobs = new MigrationJobs(repository, properties.name());
        this.ahead = new TransactionTemplate(
                transactions, new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW));
        this.legacy = legacy;
    }

    /** One end for all entities: what refers to a record that is written only now is left to the next run, too. */
    synchronized QueueReader queue(Entity entity) {
        if (end == null) {
            end = queue.end();
        }
        return new QueueReader(queue, entity, end, READ_AT_ONCE);
    }

    WriteSync writes(Entity entity) throws SQLException {
        MappingRules rules = plan.of(entity).rules();
        ReverseMapping reverse = new ReverseMapping(rules, properties.source().timeZone());
        LegacyPrecision precision = new LegacyPrecision(rules, reverse);
        return new WriteSync(
                syncs.of(entity),
                syncs.legacy(entity),
                new LegacyChanges(
                        legacy,
                        allOf(entity),
                        work.processor(entity),
                        reverse,
                        work.references(),
                        keys -> ledger.withoutFirstRow(entity, keys),
                        precision::holds,
                        rules.table()),
                precision,
                rejects,
                others,
                new NewKeys(
                        rules,
                        new KeysOfIds(legacy, allOf(entity), rules.idColumns()),
                        new LegacyDatabase(legacy).tellsKeys(rules.table()),
                        // A dry run has no jobs to ask.
                        options.dryRun() || jobs.hasMetAll(entity)),
                properties.dualWrite().onConflict(),
                ahead,
                options.dryRun());
    }

    DeleteSync deletes(Entity entity) throws SQLException {
        return new DeleteSync(
                syncs.of(entity),
                syncs.legacy(entity),
                new LegacyDeletions(
                        legacy,
                        allOf(entity),
                        work.processor(entity),
                        new LegacyReferrers(allOf(entity), references(entity))),
                properties.dualWrite(),
                ahead,
                options.dryRun());
    }

    /** A row that the job file leaves out is there all the same, and must not be made a second time. */
    private LegacyTable allOf(Entity entity) {
        return plan.of(entity).rules().table().withoutWhere();
    }

    /** What refers to an entity's rows as the job file has it, also where no foreign key says so. */
    private List<Reference> references(Entity entity) {
        return plan.plan().entities().values().stream()
                .map(EntityPlan::rules)
                .filter(rules -> rules.entity().references().contains(entity))
                .map(rules -> new Reference(
                        rules.table(), rules.columns(rules.entity().referenceTo(entity))))
                .toList();
    }
}
