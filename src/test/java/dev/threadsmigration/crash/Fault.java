package dev.threadsmigration.crash;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * Where a process stands still, to be killed there.
 *
 * @param point null: nowhere
 * @param name the step, where the point is about one
 * @param count the how manieth time
 * @param slowCommitMs how long each chunk's commit is held up
 */
record Fault(@Nullable Point point, String name, int count, long slowCommitMs) {

    static final String REACHED = "FAULT REACHED";
    static final String CHUNK_COMMITTED = "CHUNK COMMITTED";
    private static final String PROPERTY = "crash.fault";

    enum Point {
        /** A page was read from legacy, nothing of it is written. */
        AFTER_READ,
        /** A chunk is written, not committed. */
        BEFORE_COMMIT,
        /** A chunk is committed, and nobody in the process knows. */
        AFTER_COMMIT,
        /** Anything is committed in the target, our own tables included. */
        AFTER_ANY_COMMIT,
        /** The connection is lost instead of the commit. The process goes on. */
        COMMIT_FAILS,
        /** The connection is lost after the commit, before its answer. The process goes on. */
        COMMIT_UNANSWERED,
        /** A step's end is in the job repository, the next has not begun. */
        STEP_ENDED,
        /** A page of the named step was read. */
        STEP_READS,
        /** Something is to be committed in the target since the named step began. */
        STEP_COMMITS,
        /** Something is committed in the target since the named step began. */
        STEP_COMMITTED,
        /** Something is committed in legacy, and nobody in the target knows. */
        LEGACY_COMMITTED,
        /** Something is committed in legacy since the named step began, and nobody in the target knows. */
        STEP_COMMITTED_IN_LEGACY,
        /** Spring Batch has a job instance, and no execution of it. */
        INSTANCE_CREATED
    }

    static Fault at(Point point, int count) {
        return new Fault(point, "", count, 0);
    }

    static Fault at(Point point, String step) {
        return new Fault(point, step, 1, 0);
    }

    static Fault at(Point point, String step, int count) {
        return new Fault(point, step, count, 0);
    }

    static Fault slowCommits(long millis) {
        return new Fault(null, "", 0, millis);
    }

    /** For the command line of the migration. */
    String option() {
        return "--%s=%s,%s,%d,%d".formatted(PROPERTY, point == null ? "" : point, name, count, slowCommitMs);
    }

    static @Nullable Fault in(Environment environment) {
        String text = environment.getProperty(PROPERTY);
        if (text == null) {
            return null;
        }
        List<String> parts = List.of(text.split(",", -1));
        return new Fault(
                parts.get(0).isEmpty() ? null : Point.valueOf(parts.get(0)),
                parts.get(1),
                Integer.parseInt(parts.get(2)),
                Long.parseLong(parts.get(3)));
    }
}
