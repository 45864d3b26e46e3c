package dev.threadsmigration.config;

import dev.threadsmigration.model.Entity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A job file.
 *
 * @param name the migration's identity, 1 to 64 of a-z, 0-9 and '-': the same name resumes
 * @param preset the legacy shape that the mapping starts from
 * @param source the legacy database
 * @param target the new database
 * @param chunkSize records a transaction, 1 to 100000
 * @param partitions how many key ranges are moved side by side, 1 to 64; {@code auto}: one a processor
 * @param maxRejected how many records may be rejected before {@code migrate} stops; null: any number
 * @param maxRecordsPerSecond how fast a run may go, changeable while it does; null: as fast as it can
 * @param pauseWhen when a run stands still to spare the target, changeable while it goes on
 * @param deferIndexes when secondary indexes and foreign keys are taken off for the load and put back after it
 * @param validation the validation that ends {@code migrate}, and the command {@code validate}
 * @param onInvalid what follows a validation that found differences
 * @param onChanged what becomes of a record whose legacy row has changed since it was moved
 * @param onDeleted what becomes of a record whose legacy row was deleted since it was moved
 * @param maxDeleted how many legacy rows may be gone since the last run before none of their records is removed
 * @param dualWrite how what the application writes into the target reaches legacy
 * @param rollback how a migration is taken back
 * @param retryFor how long to wait for a lost server
 * @param entities what to move; null: all that the source has
 * @param mapping where each entity's records are in the legacy database; only what differs from the preset
 * @param idNamespace the namespace of made ids; null: derived from the name
 * @param reports the folder under which each run's files go
 * @param report what the report shows
 * @param allowOtherMigrations whether this migration may start although another one has moved the same legacy
 *     database into the same target
 * @param demo whether to make the built-in demo's databases first
 */
public record MigrationProperties(
        String name,
        @DefaultValue("legacy-v1") String preset,
        SourceSettings source,
        TargetSettings target,
        @DefaultValue("5000") int chunkSize,
        @DefaultValue("auto") Partitions partitions,
        @Nullable Long maxRejected,
        @Nullable Long maxRecordsPerSecond,
        @DefaultValue PauseWhen pauseWhen,
        @DefaultValue("auto") DeferIndexes deferIndexes,
        @DefaultValue ValidationSettings validation,
        @DefaultValue("keep") OnInvalid onInvalid,
        @DefaultValue("keep") OnChanged onChanged,
        @DefaultValue("keep") OnDeleted onDeleted,
        @DefaultValue("1000") long maxDeleted,
        @DefaultValue DualWriteSettings dualWrite,
        @DefaultValue RollbackSettings rollback,
        @DefaultValue("2m") Duration retryFor,
        @Nullable List<Entity> entities,
        @DefaultValue Map<Entity, EntityMapping> mapping,
        @Nullable UUID idNamespace,
        @DefaultValue("reports") Path reports,
        @DefaultValue ReportSettings report,
        @DefaultValue("false") boolean allowOtherMigrations,
        @DefaultValue("false") boolean demo) {

    /** What is said of a name that cannot be one. */
    public static final String NOT_A_NAME = "'%s' is not a name: 1 to 64 of a-z, 0-9 and '-' are allowed";

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

    public MigrationProperties {
        Settings.require(name, "name", "the migration's identity, such as forum-2026");
        Settings.check(isName(name), "name", NOT_A_NAME.formatted(name));
        Settings.require(source, "source.url", "the legacy database, such as jdbc:postgresql://legacy-db/forum");
        Settings.require(target, "target.url", "the new database, such as jdbc:postgresql://app-db/app");
        Settings.check(
                chunkSize >= 1 && chunkSize <= 100_000, "chunk-size", "must be from 1 to 100000, not " + chunkSize);
        mapping.forEach(MappingChecks::check);
        Settings.check(
                maxRejected == null || maxRejected >= 0, "max-rejected", "must not be negative, but is " + maxRejected);
        Settings.check(maxDeleted >= 0, "max-deleted", "must not be negative, but is " + maxDeleted);
        Pace.check(maxRecordsPerSecond);
        Settings.check(!retryFor.isNegative(), "retry-for", "must not be negative, but is " + retryFor);
    }

    /** Whether a migration can be called so. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** Whether records get what changed in their legacy rows since they were moved. */
    public boolean followsChanges() {
        return onChanged == OnChanged.UPDATE;
    }

    /** Whether records are removed whose legacy rows were deleted since they were moved. */
    public boolean followsDeletions() {
        return onDeleted == OnDeleted.REMOVE;
    }

    /** Whether every run looks at all that has happened in legacy since, also where the counts tell of nothing new. */
    public boolean followsLegacy() {
        return followsChanges() || followsDeletions();
    }

    /** How fast a run may go, as it was when it began. */
    Pace pace() {
        return new Pace(maxRecordsPerSecond, pauseWhen);
    }
}
