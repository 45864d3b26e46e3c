package dev.threadsmigration.dualwrite;

import com.zaxxer.hikari.HikariDataSource;
import dev.threadsmigration.config.DualWriteSettings;
import dev.threadsmigration.config.JobFile;
import dev.threadsmigration.config.MigrationProperties;
import dev.threadsmigration.database.CurrentConnection;
import dev.threadsmigration.model.Accepted;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.TargetRecord;
import dev.threadsmigration.target.ApplicationRecords;
import dev.threadsmigration.target.TargetRecords;
import dev.threadsmigration.target.TargetTable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Users, threads and feedback for an application in Java while the old and the new system live side by side. It writes into
 * the new system; what it writes is queued there in the same transaction, and {@code sync} carries it to legacy. It reads
 * from the new system, and where that has no such record, from legacy: then the record is moved, as {@code migrate} would
 * have moved it, if the job file says so ({@code dual-write.backfill-on-read}) and no run of the migration goes on.
 *
 * <p>Values are of the Java type of their {@link Field.Kind}; metadata is given as the text of a JSON object. Thread-safe.
 * Each method throws {@link IllegalStateException} with the database's words where a database fails or refuses.
 */
public final class DualWriteThreadStore implements AutoCloseable {

    private final HikariDataSource target;
    private final HikariDataSource legacy;
    private final Map<Entity, TargetTable> tables;
    private final LegacyFallback fallback;
    private final TransactionTemplate transaction;
    private final DualWriteSettings settings;
    private final Clock clock;

    DualWriteThreadStore(
            HikariDataSource target,
            HikariDataSource legacy,
            Map<Entity, TargetTable> tables,
            LegacyFallback fallback,
            TransactionTemplate transaction,
            DualWriteSettings settings,
            Clock clock) {
        this.target = target;
        this.legacy = legacy;
        this.tables = tables;
        this.fallback = fallback;
        this.transaction = transaction;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Opens the store of a migration that has begun.
     *
     * @param jobFile the migration's, with {@code dual-write.enabled: true}
     * @throws dev.threadsmigration.config.JobFileException where it cannot be used
     * @throws IllegalStateException where a check fails, the migration has not begun, or writes are not queued yet
     */
    public static DualWriteThreadStore open(Path jobFile) {
        MigrationProperties properties = JobFile.read(jobFile);
        return new StoreOpening(properties, Clock.systemUTC()).open();
    }

    /**
     * Writes a new record.
     *
     * @param values by field; without an id it gets a random one, and without dates this moment's
     * @return its id
     * @throws IllegalArgumentException where a value has another type than its field, or a required one is missing
     */
    public UUID create(Entity entity, Map<Field, ? extends @Nullable Object> values) {
        TargetRecord record = NewValues.record(entity, values, clock.instant());
        inTransaction(connection -> {
            new ApplicationRecords(table(entity)).insert(connection, record);
            return null;
        });
        return record.id();
    }

    /**
     * Changes some values of a record; one that only legacy has is moved first.
     *
     * @return false where there is no such record
     * @throws IllegalArgumentException as {@link #create}
     */
    public boolean update(Entity entity, UUID id, Map<Field, ? extends @Nullable Object> values) {
        TargetTable table = table(entity);
        if (find(entity, id).isEmpty()) {
            return false;
        }
        return Boolean.TRUE.equals(inTransaction(connection -> {
            TargetRecord stored =
                    new TargetRecords(table).lock(connection, List.of(id)).get(id);
            if (stored == null) {
                return false;
            }
            new ApplicationRecords(table).update(connection, NewValues.update(stored, values, clock.instant()));
            return true;
        }));
    }

    /**
     * Deletes a record of the new system, and by the target's own rules those that refer to it.
     *
     * @return false where there is no such record
     */
    public boolean delete(Entity entity, UUID id) {
        return Boolean.TRUE.equals(
                inTransaction(connection -> new ApplicationRecords(table(entity)).delete(connection, id)));
    }

    /**
     * The record with this id: the new system's; or legacy's, where it has the same id. A record that legacy knows by another
     * id is found by its key alone ({@link #findByLegacyId}), until it is moved.
     */
    public Optional<TargetRecord> find(Entity entity, UUID id) {
        TargetRecord stored = stored(entity, id);
        if (stored != null) {
            return Optional.of(stored);
        }
        String legacyId = answer(() -> settings.fallbackToLegacy() ? fallback.legacyId(entity, id) : null);
        return legacyId == null ? Optional.empty() : findInLegacy(entity, legacyId);
    }

    /**
     * The record of a legacy row.
     *
     * @param legacyId the row's key, as the ledger has it
     */
    public Optional<TargetRecord> findByLegacyId(Entity entity, String legacyId) {
        UUID id = answer(() -> fallback.newId(entity, legacyId));
        return id == null ? findInLegacy(entity, legacyId) : Optional.ofNullable(stored(entity, id));
    }

    private Optional<TargetRecord> findInLegacy(Entity entity, String legacyId) {
        if (!settings.fallbackToLegacy()) {
            return Optional.empty();
        }
        return answer(() -> {
            Optional<Accepted> found = fallback.find(entity, legacyId);
            if (found.isEmpty() || !settings.backfillOnRead()) {
                return found.map(Accepted::record);
            }
            fallback.move(found.get());
            UUID id = found.get().record().id();
            TargetRecord moved = stored(entity, id);
            return Optional.of(moved == null ? found.get().record() : moved);
        });
    }

    private @Nullable TargetRecord stored(Entity entity, UUID id) {
        return answer(() -> CurrentConnection.query(
                target,
                connection -> new TargetRecords(table(entity))
                        .find(connection, List.of(id))
                        .get(id)));
    }

    private TargetTable table(Entity entity) {
        TargetTable table = tables.get(entity);
        if (table == null) {
            throw new IllegalArgumentException("the job file does not move " + entity);
        }
        return table;
    }

    private <T extends @Nullable Object> T inTransaction(CurrentConnection.Query<T> query) {
        return transaction.execute(status -> answer(() -> CurrentConnection.query(target, query)));
    }

    /** Asks a database. */
    private interface Question<T extends @Nullable Object> {
        T ask() throws SQLException;
    }

    private static <T extends @Nullable Object> T answer(Question<T> question) {
        try {
            return question.ask();
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        target.close();
        legacy.close();
    }
}
