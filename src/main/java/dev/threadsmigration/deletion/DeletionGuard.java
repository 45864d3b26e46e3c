package dev.threadsmigration.deletion;

import dev.threadsmigration.ledger.DeletedRows;
import dev.threadsmigration.ledger.FollowedChanges;
import dev.threadsmigration.ledger.MappedRow;
import dev.threadsmigration.legacy.LegacyKeys;
import dev.threadsmigration.model.Amount;
import dev.threadsmigration.model.Entity;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether the records of rows that are gone may be removed. A legacy database that was emptied, half restored or is
 * another one looks like one in which much was deleted.
 */
public final class DeletionGuard {

    private static final Logger LOG = LoggerFactory.getLogger(DeletionGuard.class);
    private static final int KEYS_A_WALK = 100_000;

    private final DeletedRows deleted;
    private final FollowedChanges followed;
    private final Map<Entity, LegacyKeys> legacy;
    private final long most;

    /**
     * @param legacy the keys of each entity that is looked at
     * @param most how many rows may be gone, beside those whose records an earlier run was allowed to remove and kept
     */
    public DeletionGuard(DeletedRows deleted, FollowedChanges followed, Map<Entity, LegacyKeys> legacy, long most) {
        this.deleted = deleted;
        this.followed = followed;
        this.legacy = legacy;
        this.most = most;
    }

    /** Lets the records go, unless there are too many of them; then nothing is changed. */
    public void decide() {
        if (isTooMany()) {
            return;
        }
        try {
            for (Map.Entry<Entity, LegacyKeys> entity : legacy.entrySet()) {
                forgetThoseThere(entity.getKey(), entity.getValue());
            }
        } catch (SQLException e) {
            throw new IllegalStateException("legacy cannot be asked for the keys that it has: " + e.getMessage(), e);
        }
        legacy.keySet().forEach(deleted::allow);
    }

    private boolean isTooMany() {
        return deleted.found(legacy.keySet()) > most;
    }

    /** What is said where so many are more than allowed. */
    public static String refusal(long most, long gone) {
        return "More than migration.max-deleted = %d legacy rows are gone: %d. None of their records was removed. Make sure that legacy is whole and the right one, or raise the limit."
                .formatted(most, gone);
    }

    /** A key may not be found by what it was read as, such as a broken text: its row is there all the same. */
    private void forgetThoseThere(Entity entity, LegacyKeys keys) throws SQLException {
        List<MappedRow> rows = deleted.waiting(entity, "", Integer.MIN_VALUE, KEYS_A_WALK);
        while (!rows.isEmpty()) {
            Set<String> there = keys.met(rows.stream().map(MappedRow::legacyId).collect(Collectors.toSet()));
            if (!there.isEmpty()) {
                LOG.warn(
                        "Legacy has {} of {} still that were not found by their texts, or came back: their records stay.",
                        Amount.of(there.size(), "key"),
                        entity);
            }
            followed.forget(
                    entity,
                    rows.stream().filter(row -> there.contains(row.legacyId())).toList());
            MappedRow last = rows.get(rows.size() - 1);
            rows = deleted.waiting(entity, last.legacyId(), last.occurrence(), KEYS_A_WALK);
        }
    }
}
