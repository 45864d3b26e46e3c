package dev.threadsmigration.cli;

import dev.threadsmigration.report.RunReport;

/** What a person does after a run. */
final class NextStep {

    private NextStep() {}

    /**
     * The next step, with its command; empty where there is none, or where the problem's own words say it.
     *
     * @param tooManyRejects whether {@code max-rejected} is exceeded
     */
    static String after(Session session, RunReport report, boolean tooManyRejects, boolean nothingTouched) {
        if (report.dryRun()) {
            return again(session, report);
        }
        String retry = "mend the rejected records, then: " + session.commandLine("retry");
        if (tooManyRejects) {
            return retry;
        }
        return switch (report.status()) {
            case "COMPLETED" ->
                report.command().equals("rollback")
                        ? afterRollback(session)
                        : report.remaining() > 0 ? whatIsLeft(session) : report.rejected() > 0 ? retry : "";
            case "INVALID" -> afterDifferences(session, report);
            default -> nothingTouched ? "" : "to resume: " + again(session, report);
        };
    }

    private static String again(Session session, RunReport report) {
        return session.commandLine(report.command()) + (session.commandOptions().undo ? " --undo" : "");
    }

    private static String whatIsLeft(Session session) {
        return "to move what is left: " + session.commandLine("migrate");
    }

    private static String afterDifferences(Session session, RunReport report) {
        if (report.isIncomplete()) {
            return whatIsLeft(session);
        }
        return report.rollback() == null
                ? "look into the report, then: " + session.commandLine("validate")
                : "look into the report, mend the cause, then: " + session.commandLine("migrate");
    }

    private static String afterRollback(Session session) {
        return session.commandOptions().undo
                ? session.commandLine("validate")
                : "to undo it: %s --undo; to forget it: %s --purge"
                        .formatted(session.commandLine("rollback"), session.commandLine("rollback"));
    }
}
