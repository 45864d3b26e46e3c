package dev.threadsmigration.target;

import dev.threadsmigration.model.Accepted;
import dev.threadsmigration.model.TargetRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** Which ids of records that are not written yet belong to other rows of the target. */
public final class TakenIds {

    private final DataSource target;
    private final TargetTable table;
    private final ExistingRecords existing;

    /** @param oldSystem the marker that says which legacy system a thread came from */
    public TakenIds(DataSource target, TargetTable table, String oldSystem) {
        this.target = target;
        this.table = table;
        this.existing = new ExistingRecords(table, oldSystem);
    }

    /** How many of these records the target holds another row for; duplicates are not counted. */
    public long count(List<Accepted> records) throws SQLException {
        try (Connection connection = target.getConnection()) {
            Map<UUID, TargetRecord> there = new TargetRecords(table)
                    .find(
                            connection,
                            records.stream().map(record -> record.record().id()).toList());
            return records.stream()
                    .filter(record -> there.containsKey(record.record().id()))
                    .filter(record -> !existing.isDuplicate(
                            record, there.get(record.record().id())))
                    .count();
        }
    }
}
