package dev.threadsmigration.cli;

import dev.threadsmigration.legacy.LegacyDatabase;
import dev.threadsmigration.preflight.Check;
import dev.threadsmigration.preflight.Preflight;
import dev.threadsmigration.preflight.PreflightReport;
import dev.threadsmigration.preflight.RejectForecast;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** {@code preflight}. */
final class PreflightCommand {

    private final Session session;

    PreflightCommand(Session session) {
        this.session = session;
    }

    int run() {
        Preflight preflight = new Preflight(session.properties(), session.legacy(), session.target());
        preflight.toSyncLater();
        PreflightReport report = preflight.run();
        List<Check> checks = new ArrayList<>(report.checks());
        if (report.plan() != null) {
            report.plan().entities().values().stream()
                    .flatMap(entity -> entity.rules().notReversible().stream())
                    .forEach(lost -> checks.add(new Check(Check.Result.NOTE, "not reversible", lost)));
            try {
                checks.addAll(new RejectForecast(
                                session.get(LegacyDatabase.class),
                                session.target(),
                                report.plan(),
                                session.properties())
                        .checks());
            } catch (SQLException e) {
                checks.add(new Check(Check.Result.NOTE, "forecast", "could not be made: " + Causes.describe(e)));
            }
        }
        checks.forEach(check -> System.out.println(line(check)));
        int failed = report.failures().size();
        System.out.printf(
                "%n%s%n",
                failed == 0
                        ? "Ready. Next: " + session.commandLine("migrate") + " --dry-run"
                        : failed + (failed == 1 ? " check" : " checks") + " failed; nothing was touched.");
        return failed == 0 ? ExitCode.DONE : ExitCode.USAGE;
    }

    /** Says what was in the way before anything was touched, and answers with the exit code of that. */
    static int refuse(Session session, List<Check> failures) {
        failures.forEach(check -> System.err.println(line(check)));
        System.err.println("Nothing was touched. All checks: " + session.commandLine("preflight"));
        return ExitCode.USAGE;
    }

    static String line(Check check) {
        String mark = switch (check.result()) {
            case OK -> "ok    ";
            case NOTE -> "note  ";
            case FAILED -> "FAILED";
        };
        return "%s  %s: %s".formatted(mark, check.about(), check.message());
    }
}
