package dev.threadsmigration.bench;

import java.util.List;

/** A program of this benchmark that moves rows as others would write it. */
record JavaPeer(String name, long threads, Programs programs, Runnable preparation, List<String> command)
        implements Peer {

    static JavaPeer rowByRow(Programs programs, TargetTables target, long threads) {
        return new JavaPeer(
                "script, row by row",
                threads,
                programs,
                target::indexOldIds,
                Programs.java(RowByRowScript.class, Long.toString(threads)));
    }

    static JavaPeer tutorial(Programs programs, long threads) {
        return new JavaPeer(
                "Spring Batch as in tutorials", threads, programs, () -> {}, Programs.java(TutorialJob.class));
    }

    @Override
    public void prepare() {
        preparation.run();
    }

    @Override
    public Run run() {
        return programs.run(name, command);
    }
}
