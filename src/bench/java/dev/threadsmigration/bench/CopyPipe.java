package dev.threadsmigration.bench;

import dev.threadsmigration.bench.Programs.Pipeline;
import java.util.List;

/** Binary COPY out of the legacy database into COPY into the target: it checks nothing and remembers nothing. */
final class CopyPipe implements Peer {

    private static final boolean PSQL = Programs.isOnPath("psql");
    private static final String MIDDLE = "'80000000-0000-0000-0000-000000000000'";

    private final String name;
    private final LegacyForum legacy;
    private final TargetTables target;
    private final Programs programs;
    private final boolean deferIndexes;
    private final List<String> conditions;

    private CopyPipe(
            String name,
            LegacyForum legacy,
            TargetTables target,
            Programs programs,
            boolean deferIndexes,
            String... conditions) {
        this.name = name + (PSQL ? " (psql)" : " (PgJDBC)");
        this.legacy = legacy;
        this.target = target;
        this.programs = programs;
        this.deferIndexes = deferIndexes;
        this.conditions = List.of(conditions);
    }

    static CopyPipe one(LegacyForum legacy, TargetTables target, Programs programs) {
        return new CopyPipe("COPY pipe", legacy, target, programs, false, "");
    }

    static CopyPipe two(LegacyForum legacy, TargetTables target, Programs programs) {
        return new CopyPipe(
                "two COPY pipes", legacy, target, programs, false, " AND id < " + MIDDLE, " AND id >= " + MIDDLE);
    }

    static CopyPipe deferred(LegacyForum legacy, TargetTables target, Programs programs) {
        return new CopyPipe("COPY pipe, indexes rebuilt", legacy, target, programs, true, "");
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
    public Run run() {
        long start = System.nanoTime();
        if (deferIndexes) {
            target.dropIndexes();
        }
        Run run = programs.run(name, conditions.stream().map(this::pipeline).toArray(Pipeline[]::new));
        if (deferIndexes) {
            target.buildIndexes();
        }
        return run.withSeconds((System.nanoTime() - start) / 1e9);
    }

    private Pipeline pipeline(String condition) {
        String read = "COPY (" + LegacyForum.transformed() + condition + ") TO STDOUT (FORMAT binary)";
        String write = "COPY threads (id, title, user_id, organization_id, tenant_id, metadata, created_at, updated_at)"
                + " FROM STDIN (FORMAT binary)";
        return new Pipeline(
                PSQL
                        ? List.of(psql(legacy.database(), read), psql(target.database(), write))
                        : List.of(Programs.java(DriverCopy.class, read, write)));
    }

    private static List<String> psql(Database database, String command) {
        return List.of("psql", "--no-psqlrc", "--quiet", database.uri(), "--command", command);
    }
}
