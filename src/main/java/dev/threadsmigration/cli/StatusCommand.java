package dev.threadsmigration.cli;

import dev.threadsmigration.ledger.AuditLog;
import dev.threadsmigration.ledger.Counts;
import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.ledger.LedgerSchema;
import dev.threadsmigration.ledger.Rejects;
import dev.threadsmigration.ledger.RunLock;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.report.CountsTable;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** {@code status}. */
final class StatusCommand {

    private static final int RUNS = 5;

    private final Session session;

    StatusCommand(Session session) {
        this.session = session;
    }

    int run() {
        String name = session.properties().name();
        try {
            if (!session.get(LedgerSchema.class).exists()) {
                System.out.printf(
                        "Migration '%s' has not been started. Next: %s%n", name, session.commandLine("preflight"));
                return ExitCode.DONE;
            }
            Map<Entity, Counts> counts = session.get(Ledger.class).counts();
            List<AuditLog.Entry> runs = session.get(AuditLog.class).latest(RUNS);
            System.out.printf("Migration '%s': %s%n%n%s", name, state(runs), CountsTable.of(counts));
            session.get(Rejects.class)
                    .byCode()
                    .forEach((code, count) -> System.out.printf("  %,11d rejected as %s%n", count, code));
            System.out.println();
            runs.forEach(run -> System.out.printf(
                    "  run %-4d %-9s %-9s %s%s%n",
                    run.runId(),
                    run.command(),
                    run.status(),
                    run.startedAt(),
                    run.endedAt() == null ? "" : " to " + run.endedAt()));
            return ExitCode.DONE;
        } catch (RuntimeException | SQLException e) {
            System.err.println("The status cannot be read: " + Causes.describe(e));
            return ExitCode.FAILED;
        }
    }

    private String state(List<AuditLog.Entry> runs) throws SQLException {
        try (RunLock lock = session.get(RunLock.class)) {
            if (!lock.tryAcquire()) {
                return "running now";
            }
        }
        return runs.isEmpty()
                ? "never run"
                : "not running, last " + runs.get(0).status().toLowerCase();
    }
}
