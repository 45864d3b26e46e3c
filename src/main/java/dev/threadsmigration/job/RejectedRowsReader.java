package dev.threadsmigration.job;

import dev.threadsmigration.database.MemoryShare;
import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.ledger.RejectedRecord;
import dev.threadsmigration.ledger.Rejects;
import dev.threadsmigration.legacy.LegacyRows;
import dev.threadsmigration.legacy.PageReader;
import dev.threadsmigration.legacy.PageSize;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.LegacyRow;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the legacy rows of rejected records as they are now. The reject of a row that has vanished is forgotten. */
final class RejectedRowsReader implements PageReader {

    private static final int PAGE = 500;

    private final Rejects rejects;
    private final Entity entity;
    private final LegacyRows rows;
    private final PageSize pageSize;
    private final long last;
    private long position;
    private final Deque<LegacyRow> page = new ArrayDeque<>();

    /**
     * Reads what is rejected now: what is rejected again comes later in the ledger, and is left alone.
     *
     * @param memory what a result may take of it
     */
    RejectedRowsReader(Rejects rejects, Entity entity, LegacyRows rows, MemoryShare memory) {
        this.rejects = rejects;
        this.entity = entity;
        this.rows = rows;
        this.pageSize = new PageSize(PAGE, memory);
        this.last = rejects.lastId(entity);
    }

    @Override
    public @Nullable LegacyRow read() throws SQLException {
        while (page.isEmpty() && position < last) {
            position = pageSize.fitting(rows, this::fetch);
        }
        return page.poll();
    }

    @Override
    public boolean isChunkFull() {
        return pageSize.wasSmall() && page.isEmpty();
    }

    private @Nullable String key(RejectedRecord reject) {
        return reject.isKeyInRecord() ? rows.keys().of(reject::value) : reject.key();
    }

    /** @return how far it came */
    private long fetch() throws SQLException {
        List<RejectedRecord> some = rejects.page(entity, position, pageSize.rows()).stream()
                .filter(reject -> reject.id() <= last)
                .toList();
        fetch(some);
        return some.isEmpty() ? last : some.get(some.size() - 1).id();
    }

    private void fetch(List<RejectedRecord> some) throws SQLException {
        List<String> keys =
                some.stream().map(this::key).filter(Objects::nonNull).distinct().toList();
        List<LegacyRow> found = keys.isEmpty() ? List.of() : rows.withKeys(keys, pageSize);
        List<LegacyRow> withoutKey =
                some.stream().anyMatch(reject -> reject.legacyId() == null) ? rows.withoutKey() : List.of();
        Map<String, LegacyRow> byMark = new HashMap<>();
        found.forEach(row -> byMark.put(Ledger.mark(row), row));
        withoutKey.forEach(row -> byMark.put(Ledger.mark(row), row));
        for (RejectedRecord reject : some) {
            LegacyRow row = byMark.get(Ledger.mark(reject.occurrence(), key(reject)));
            if (row == null) {
                rejects.clear(reject.id());
            } else {
                page.add(row);
            }
        }
    }
}
