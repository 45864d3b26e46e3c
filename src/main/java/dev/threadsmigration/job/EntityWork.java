package dev.threadsmigration.job;

import dev.threadsmigration.carryback.ReferenceIds;
import dev.threadsmigration.carryback.ReferencedIds;
import dev.threadsmigration.config.MigrationProperties;
import dev.threadsmigration.database.MemoryShare;
import dev.threadsmigration.database.TargetEncoding;
import dev.threadsmigration.ledger.CarriedWrites;
import dev.threadsmigration.ledger.FollowedChanges;
import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.ledger.Rejects;
import dev.threadsmigration.legacy.KeyRange;
import dev.threadsmigration.legacy.LegacyDatabase;
import dev.threadsmigration.legacy.LegacyReader;
import dev.threadsmigration.legacy.LegacyRows;
import dev.threadsmigration.legacy.PageSize;
import dev.threadsmigration.legacy.SettledKeys;
import dev.threadsmigration.mapping.RecordMapper;
import dev.threadsmigration.mapping.RecordProcessor;
import dev.threadsmigration.mapping.RepeatedIds;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Outcome;
import dev.threadsmigration.target.ChunkProgress;
import dev.threadsmigration.target.ChunkWriter;
import dev.threadsmigration.target.EarlierOutcomes;
import dev.threadsmigration.target.FollowingWriter;
import dev.threadsmigration.target.References;
import java.sql.SQLException;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.beans.factory.annotation.Qualifier;

/** Makes the readers, processors and writers of an entity as its plan has them. */
final class EntityWork {

    private final MigrationProperties properties;
    private final ChunkSize chunkSize;
    private final PlanHolder plan;
    private final LegacyDatabase legacy;
    private final DataSource target;
    private final Ledger ledger;
    private final Rejects rejects;
    private final FollowedChanges followed;
    private final CarriedWrites carried;
    private final TargetEncoding encoding;
    private final Clock clock;
    private final ChunkProgress progress;
    private final Map<Entity, RepeatedIds> repeated = new EnumMap<>(Entity.class);
    private final Map<Entity, Shared> shared = new ConcurrentHashMap<>();

    /**
     * What an entity's key ranges share in a run, made when the first of them begins; that of the run before is dropped then,
     * since a run may be taken up again many times.
     *
     * @param earlier what was left then; what the run itself writes is not looked for
     */
    private record Shared(long jobExecution, EarlierOutcomes earlier, List<References> references) {}

    EntityWork(
            MigrationProperties properties,
            ChunkSize chunkSize,
            PlanHolder plan,
            LegacyDatabase legacy,
            @Qualifier("target") DataSource target,
            Ledger ledger,
            Rejects rejects,
            FollowedChanges followed,
            CarriedWrites carried,
            TargetEncoding encoding,
            Clock clock,
            ChunkProgress progress) {
        this.properties = properties;
        this.chunkSize = chunkSize;
        this.plan = plan;
        this.legacy = legacy;
        this.target = target;
        this.ledger = ledger;
        this.rejects = rejects;
        this.followed = followed;
        this.carried = carried;
        this.encoding = encoding;
        this.clock = clock;
        this.progress = progress;
    }

    ChunkProgress progress() {
        return progress;
    }

    LegacyRows rows(Entity entity) {
        return legacy.rows(plan.of(entity).rules().table());
    }

    /** As {@link #rows}, with those that the job file leaves out. */
    LegacyRows allRows(Entity entity) {
        return legacy.rows(plan.of(entity).rules().table().withoutWhere());
    }

    private Shared shared(Entity entity, StepExecution execution) {
        long run = execution.getJobExecutionId();
        return shared.compute(
                entity,
                (same, known) -> known != null && known.jobExecution() == run
                        ? known
                        : new Shared(
                                run,
                                EarlierOutcomes.of(entity, ledger, rejects),
                                References.of(entity, plan.plan().tables(), rejects)));
    }

    LegacyReader reader(Entity entity, KeyRange range, StepExecution execution) {
        return reader(
                entity,
                range,
                chunkSize(),
                !shared(entity, execution).earlier().settled() || properties.followsChanges()
                        ? null
                        : keys -> ledger.withoutFirstRow(entity, keys));
    }

    /** @param settled what need not be read; null: every row is read */
    LegacyReader reader(Entity entity, KeyRange range, int pageSize, @Nullable SettledKeys settled) {
        return new LegacyReader(rows(entity), range, new PageSize(pageSize, memory()), settled);
    }

    /** How many records the next chunk holds. */
    int chunkSize() {
        return chunkSize.records();
    }

    /** What a result may take of it. */
    MemoryShare memory() {
        return MemoryShare.ofLanes(properties.partitions().count());
    }

    RecordProcessor processor(Entity entity) throws SQLException {
        return new RecordProcessor(mapper(entity), repeated(entity), encoding);
    }

    /** What legacy's references hold, with what is known of it until now. */
    ReferenceIds references() {
        Map<Entity, ReferencedIds.Referenced> referenced = new EnumMap<>(Entity.class);
        plan.plan()
                .entities()
                .forEach((entity, how) -> referenced.put(
                        entity, new ReferencedIds.Referenced(how.rules(), allRows(entity), mapper(entity))));
        return new ReferenceIds(ledger, new ReferencedIds(referenced));
    }

    private RecordMapper mapper(Entity entity) {
        return plan.of(entity).mapper(properties, plan.idRules(), clock);
    }

    private synchronized RepeatedIds repeated(Entity entity) throws SQLException {
        RepeatedIds known = repeated.get(entity);
        if (known == null) {
            String expression = plan.of(entity).idExpression();
            known = expression.isEmpty()
                    ? RepeatedIds.NONE
                    : RepeatedIds.find(rows(entity), expression, mapper(entity));
            repeated.put(entity, known);
        }
        return known;
    }

    ChunkWriter writer(Entity entity, StepExecution execution) {
        Shared shared = shared(entity, execution);
        return new ChunkWriter(
                target,
                plan.of(entity).table(),
                shared.references(),
                ledger,
                rejects,
                properties.preset(),
                shared.earlier(),
                progress);
    }

    /** The same; where the job file wants it, it also writes what changed in rows that an earlier run moved. */
    ItemWriter<Outcome> followingWriter(Entity entity, StepExecution execution) {
        ChunkWriter writer = writer(entity, execution);
        Shared shared = shared(entity, execution);
        if (!shared.earlier().settled() || !properties.followsChanges()) {
            return writer;
        }
        progress.following(entity);
        return new FollowingWriter(
                target,
                plan.of(entity).table(),
                writer,
                shared.references(),
                ledger,
                followed,
                carried,
                plan.of(entity).rules()::isHeldByLegacy);
    }
}
