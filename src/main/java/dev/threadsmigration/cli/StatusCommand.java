package dev.threadsmigration.cli;

import dev.threadsmigration.ledger.AuditLog;
import dev.threadsmigration.ledger.DeferredDefinitions;
import dev.threadsmigration.ledger.Equation;
import dev.threadsmigration.ledger.LedgerSchema;
import dev.threadsmigration.ledger.Rejects;
import dev.threadsmigration.ledger.RunLock;
import dev.threadsmigration.ledger.WriteQueue;
import dev.threadsmigration.preflight.Check;
import dev.threadsmigration.preflight.Preflight;
import dev.threadsmigration.report.MigrationStatus;
import dev.threadsmigration.report.TerminalScreen;
import dev.threadsmigration.report.VisibleText;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code status}: once, or again and again while a run goes on. */
final class StatusCommand {

    private static final Set<String> RESUMABLE = Set.of("killed", "stopped", "failed");
    private static final int RUNS = 5;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final String CLEAR_SCREEN = "\033[H\033[2J";

    private final Session session;
    private final boolean watch;
    private final boolean json;

    StatusCommand(Session session, boolean watch, boolean json) {
        this.session = session;
        this.watch = watch;
        this.json = json;
    }

    int run() {
        Check reached = new Preflight(session.properties(), session.legacy(), session.target()).reachTarget();
        if (reached.result() == Check.Result.FAILED) {
            return PreflightCommand.refuse(session, List.of(reached));
        }
        try {
            MigrationStatus status = look();
            show(status, null);
            while (watch && status.isRunning() && !Output.isLost()) {
                Thread.sleep(BETWEEN_LOOKS.toMillis());
                MigrationStatus earlier = status;
                status = look();
                show(status, earlier);
            }
            return Output.exitCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.DONE;
        } catch (RuntimeException | SQLException e) {
            System.err.println("The status cannot be read: " + Causes.describe(e));
            return ExitCode.FAILED;
        }
    }

    private MigrationStatus look() throws SQLException {
        String name = session.properties().name();
        Clock clock = session.get(Clock.class);
        if (!session.get(LedgerSchema.class).exists()) {
            return new MigrationStatus(
                    name,
                    "not-started",
                    clock.instant(),
                    Map.of(),
                    Map.of(),
                    List.of(),
                    WriteQueue.Waiting.NONE,
                    List.of());
        }
        List<AuditLog.Entry> runs = session.get(AuditLog.class).latest(RUNS);
        boolean alive = seemsToRun(runs) && session.get(RunLock.class).isTaken();
        if (seemsToRun(runs) && !alive) {
            // A run closes its entry before it gives the lock back: it may have ended while we asked.
            runs = session.get(AuditLog.class).latest(RUNS);
        }
        if (!alive) {
            runs = runs.stream().map(AuditLog.Entry::asKilled).toList();
        }
        return new MigrationStatus(
                name,
                state(runs, alive),
                clock.instant(),
                session.get(Equation.class).now(),
                session.get(Rejects.class).byCode(),
                session.get(DeferredDefinitions.class).names(),
                session.get(WriteQueue.class).waiting(),
                runs);
    }

    private void show(MigrationStatus status, @Nullable MigrationStatus earlier) {
        if (json) {
            System.out.println(status.json(earlier));
        } else if (status.state().equals("not-started")) {
            System.out.printf(
                    "Migration '%s' has not been started. Next: %s%n",
                    status.migration(), session.commandLine("preflight"));
        } else {
            System.out.print(
                    (watch && TerminalScreen.isTerminal() ? CLEAR_SCREEN : "") + VisibleText.of(status.text(earlier)));
            if (RESUMABLE.contains(status.state())) {
                sayHowToResume(status.runs().get(0));
            }
        }
    }

    /** Not where it had refused to begin: then there is nothing to go on with. */
    private void sayHowToResume(AuditLog.Entry last) {
        if (!Objects.equals(last.exitCode(), ExitCode.USAGE)) {
            System.out.printf("%n  To resume, run the same command again: %s%n", session.commandLine(last.command()));
        }
    }

    private static String state(List<AuditLog.Entry> runs, boolean alive) {
        if (runs.isEmpty()) {
            return "never-run";
        }
        return alive ? "running" : runs.get(0).status().name().toLowerCase(Locale.ROOT);
    }

    /** What the log says of a run that was killed, too. */
    private static boolean seemsToRun(List<AuditLog.Entry> runs) {
        return !runs.isEmpty() && runs.get(0).isOpen();
    }
}
