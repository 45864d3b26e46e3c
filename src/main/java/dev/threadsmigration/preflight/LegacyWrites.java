package dev.threadsmigration.preflight;

import dev.threadsmigration.config.SyncDeletes;
import dev.threadsmigration.database.Column;
import dev.threadsmigration.database.Dialect;
import dev.threadsmigration.database.TableName;
import dev.threadsmigration.legacy.LegacyDatabase;
import dev.threadsmigration.legacy.LegacyTable;
import dev.threadsmigration.mapping.MappingRules;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether {@code sync} can write into legacy's tables. It is tried with statements that meet no row, in transactions that are
 * rolled back: every server checks rights and whether it may be written at all before it looks for rows, and what a view or a
 * trigger forbids no server can be asked for. Only the right to count is asked for, since a number that is taken stays so.
 */
final class LegacyWrites {

    private final LegacyDatabase legacy;
    private final Dialect dialect;
    private final SyncDeletes deletes;
    private final Check.Result unwritable;
    private final List<Check> checks;
    private boolean readOnly;

    /**
     * @param unwritable what it is that legacy cannot be written
     * @param checks where what was found is added
     */
    LegacyWrites(
            LegacyDatabase legacy, Dialect dialect, SyncDeletes deletes, Check.Result unwritable, List<Check> checks) {
        this.legacy = legacy;
        this.dialect = dialect;
        this.deletes = deletes;
        this.unwritable = unwritable;
        this.checks = checks;
    }

    /** Tries to write. */
    private interface Trial {
        void make() throws SQLException;
    }

    void check(Connection source, MappingRules rules) throws SQLException {
        LegacyTable table = rules.table();
        String about = "legacy " + table.entity();
        if (table.name() == null) {
            checks.add(
                    Check.note(
                            about,
                            "nothing can be written into a query: what the application makes, changes or deletes of them stays in the queue"));
            return;
        }
        List<String> missing = new ArrayList<>();
        int before = checks.size();
        for (Map.Entry<String, Trial> trial : trials(rules).entrySet()) {
            if (readOnly) {
                return;
            }
            try {
                trial.getValue().make();
            } catch (SQLException e) {
                if (dialect.errors().isForbidden(e)) {
                    missing.add(trial.getKey());
                } else {
                    refused(about, trial.getKey(), e);
                }
            }
        }
        for (TableName sequence : dialect.forbiddenSequences(source, table.name(), given(rules))) {
            checks.add(new Check(
                    unwritable,
                    about,
                    "%s may not count with the sequence %s, as a new row of %s does: GRANT USAGE ON SEQUENCE %s TO %s"
                            .formatted(
                                    source.getMetaData().getUserName(),
                                    sequence.quoted(dialect),
                                    table.from(),
                                    sequence.quoted(dialect),
                                    dialect.grantee(source))));
        }
        if (rules.keyMayBeCounted() && !legacy.tellsKeys(table)) {
            checks.add(Check.note(
                    about,
                    "the rule of the view %s does not give back the key that is counted, so sync leaves new records in the queue: end it with RETURNING"
                            .formatted(table.from())));
        }
        if (!missing.isEmpty()) {
            String rights = String.join(", ", missing);
            checks.add(new Check(
                    unwritable,
                    about,
                    "%s may not %s on %s, as sync must: GRANT %s ON %s TO %s"
                            .formatted(
                                    source.getMetaData().getUserName(),
                                    rights,
                                    table.from(),
                                    rights,
                                    table.from(),
                                    dialect.grantee(source))));
        } else if (checks.size() == before) {
            checks.add(Check.ok(about, "sync may write into " + table.from()));
        }
    }

    /** The columns of a new row for which legacy needs no default. */
    private static List<Column> given(MappingRules rules) {
        List<Column> given = new ArrayList<>(rules.inserted());
        if (!rules.keyMayBeCounted()) {
            given.addAll(rules.table().key());
        }
        return given;
    }

    /** By the right that each takes. */
    private Map<String, Trial> trials(MappingRules rules) {
        LegacyTable table = rules.table();
        List<Column> written = rules.written();
        Map<String, Trial> trials = new LinkedHashMap<>();
        trials.put("INSERT", () -> legacy.tryToInsert(table, rules.inserted()));
        trials.put("UPDATE", () -> legacy.tryToUpdate(table, written));
        if (deletes == SyncDeletes.CARRY) {
            trials.put("DELETE", () -> legacy.tryToDelete(table));
        }
        return trials;
    }

    private void refused(String about, String right, SQLException why) {
        String words = String.valueOf(why.getMessage()).strip();
        if (dialect.errors().isReadOnly(why)) {
            // Of the whole server or session: once is enough.
            readOnly = true;
            checks.add(new Check(
                    unwritable,
                    "legacy database",
                    "it is read-only, and sync writes there: connect to the primary server, or end what keeps it so (%s)"
                            .formatted(words)));
        } else if (dialect.errors().isPassing(why)) {
            checks.add(Check.note(about, "whether sync may %s could not be tried: %s".formatted(right, words)));
        } else if (dialect.errors().isAboutData(why)) {
            checks.add(Check.note(
                    about, "legacy refuses %s, so sync leaves such writes in the queue: %s".formatted(right, words)));
        } else {
            checks.add(new Check(unwritable, about, "sync cannot %s: %s".formatted(right, words)));
        }
    }
}
