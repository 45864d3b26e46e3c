package dev.threadsmigration.legacy;

import dev.threadsmigration.database.Column;
import dev.threadsmigration.model.LegacyRow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Finds the keys of legacy rows by the columns that others refer to, which may not be their key. */
public final class KeysOfIds {

    private final LegacyTable table;
    private final LegacyRows byId;

    /** @param id the columns that others refer to */
    public KeysOfIds(DataSource legacy, LegacyTable table, List<Column> id) {
        this.table = table;
        this.byId = new LegacyRows(legacy, table.keyedBy(id));
    }

    /** The keys of the rows with this id, as {@link LegacyKey} writes both. */
    public List<String> of(String id) throws SQLException {
        return keys(byId.withKey(id)).values().stream().flatMap(List::stream).toList();
    }

    /** The same of many ids, each as legacy spells it; one that no row has is absent. */
    public Map<String, List<String>> of(Collection<String> ids) throws SQLException {
        Map<String, List<String>> all = new HashMap<>();
        for (List<String> some : LegacyKeys.portions(ids)) {
            all.putAll(keys(byId.withKeys(some)));
        }
        return all;
    }

    private Map<String, List<String>> keys(List<LegacyRow> rows) {
        Map<String, List<String>> keys = new HashMap<>();
        for (LegacyRow row : rows) {
            @Nullable
            Object[] values = table.key().stream()
                    .map(column -> row.value(row.columns().indexOf(column.name())))
                    .toArray();
            String key = LegacyKey.text(values, values.length);
            if (key != null && row.legacyId() != null) {
                keys.computeIfAbsent(row.legacyId(), id -> new ArrayList<>()).add(key);
            }
        }
        return keys;
    }
}
