package dev.threadsmigration.bench;

import java.util.List;

/** Takes the migrated threads out of the target as one would by hand: a procedure that deletes a batch a transaction. */
final class Deletion implements Peer {

    private static final String COPIES = "threads_removed";

    private static final String PROCEDURE = """
            DO $$
            DECLARE
                batch uuid[];
            BEGIN
                LOOP
                    SELECT array_agg(id) INTO batch FROM (SELECT id FROM threads ORDER BY id LIMIT 5000) AS next;
                    EXIT WHEN batch IS NULL;
                    %s
                    DELETE FROM threads WHERE id = ANY (batch);
                    COMMIT;
                END LOOP;
            END $$""";

    private final String name;
    private final LegacyForum legacy;
    private final TargetTables target;
    private final Installation tool;
    private final String first;

    private Deletion(String name, LegacyForum legacy, TargetTables target, Installation tool, String first) {
        this.name = name;
        this.legacy = legacy;
        this.target = target;
        this.tool = tool;
        this.first = first;
    }

    static Deletion bare(LegacyForum legacy, TargetTables target, Installation tool) {
        return new Deletion("DELETE in batches", legacy, target, tool, "");
    }

    /** What one would do who may have to undo it. */
    static Deletion withCopies(LegacyForum legacy, TargetTables target, Installation tool) {
        return new Deletion(
                "DELETE in batches, each row kept first",
                legacy,
                target,
                tool,
                "INSERT INTO " + COPIES + " SELECT * FROM threads WHERE id = ANY (batch);");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long threads() {
        return legacy.threads();
    }

    @Override
    public long left() {
        return 0;
    }

    @Override
    public void prepare() {
        MigrationPeer.deferred(legacy, target, tool).run();
        target.database().execute("DROP TABLE IF EXISTS " + COPIES, "CREATE TABLE " + COPIES + " (LIKE threads)");
        target.settle();
    }

    @Override
    public Run run() {
        long start = System.nanoTime();
        target.database().execute(PROCEDURE.formatted(first));
        return new Run((System.nanoTime() - start) / 1e9, List.of(), null);
    }
}
