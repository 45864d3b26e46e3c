package dev.threadsmigration.report;

import dev.threadsmigration.ledger.CarriedWrites;
import dev.threadsmigration.ledger.CarriedWrites.Action;
import dev.threadsmigration.ledger.FollowedChanges;
import dev.threadsmigration.ledger.ValidationIssue;
import dev.threadsmigration.model.Amount;
import dev.threadsmigration.model.RejectionCode;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a person reads at the end of a run, in ten seconds. */
public final class Summary {

    private static final int ISSUES = 5;

    private Summary() {}

    /**
     * @param files where the report lies and all rejects are; null where they could not be written
     * @param next what a person does next
     */
    public static String of(RunReport report, @Nullable ReportFiles files, List<NextStep> next) {
        StringBuilder text = new StringBuilder("\n");
        text.append(headline(report)).append("\n\n").append(CountsTable.of(report.entities()));
        if (report.rejected() > 0) {
            text.append(String.format(Locale.ROOT, "%n  %,d rejected:%n", report.rejected()));
            report.rejectedByCode()
                    .forEach((code, count) -> text.append(String.format(
                            Locale.ROOT, "  %,9d  %-22s %s%n", count, code, RejectionCode.remedyOf(code))));
        }
        if (report.validation() != null) {
            text.append('\n').append(validation(report, report.validation()));
            if (report.notYetMoved() > 0) {
                text.append("    Without an outcome yet: %s, which migrate moves%n"
                        .formatted(Amount.of(report.notYetMoved(), "legacy record")));
            }
        }
        if (report.changes().updated() + report.changes().kept() > 0) {
            text.append('\n').append(changes(report.changes()));
        }
        if (report.changes().deleted().all() > 0) {
            text.append('\n').append(deletions(report.changes().deleted()));
        }
        if (report.dualWrite() != null) {
            text.append('\n').append(dualWrite(report.dualWrite()));
        }
        if (report.rollback() != null) {
            text.append('\n').append(rollback(report.rollback(), report.undo()));
        }
        if (!report.deferred().isEmpty()) {
            text.append("\n  Still off   ").append(String.join(", ", report.deferred()));
            text.append("\n              put back by the end of the migration, or by validate or rollback\n");
        }
        if (files != null) {
            text.append("\n  Report      ").append(files.page());
            if (report.rejected() > 0) {
                text.append("\n  All rejects ").append(files.errorFile());
            }
        }
        if (!next.isEmpty()) {
            text.append("\n  Next        ")
                    .append(String.join(
                            "\n              ",
                            next.stream().map(NextStep::line).toList()));
        }
        return text.append('\n').toString();
    }

    private static String headline(RunReport report) {
        String command = report.command() + (report.undo() ? " --undo" : "");
        String what = report.dryRun() ? "Dry run of " + command : command;
        String took = duration(report.duration());
        String problem = report.problem() == null ? "" : "\n  " + report.problem();
        if (report.finishedBefore()) {
            return "Migration '%s' is finished; every legacy record has its outcome.%s"
                    .formatted(report.migration(), problem);
        }
        return switch (report.status()) {
            case COMPLETED ->
                "Migration '%s': %s is complete, in %s.%s%s"
                        .formatted(
                                report.migration(),
                                what,
                                took,
                                report.dryRun() ? " Nothing was changed." : "",
                                outcomes(report));
            case INVALID ->
                "Migration '%s': %s is complete, in %s, but %s.%s"
                        .formatted(
                                report.migration(),
                                what,
                                took,
                                report.isIncomplete() ? "NOT EVERY RECORD HAS ARRIVED" : "the two sides DIFFER",
                                problem);
            case STOPPED ->
                "Migration '%s': %s was stopped after %s; what was done is safe.%s"
                        .formatted(report.migration(), what, took, problem);
            default ->
                (report.nothingTouched()
                                ? "Migration '%s': %s was REFUSED after %s.%s"
                                : "Migration '%s': %s FAILED after %s; what was done is safe.%s")
                        .formatted(report.migration(), what, took, problem);
        };
    }

    private static String outcomes(RunReport report) {
        if (report.remaining() == 0) {
            return " Every record has its outcome.";
        }
        return report.command().equals("rollback") ? "" : " " + withoutOutcome(report.remaining()) + ".";
    }

    /** How many records have none yet. */
    static String withoutOutcome(long records) {
        return Amount.of(records, "record") + (records == 1 ? " has" : " have") + " no outcome yet";
    }

    private static String validation(RunReport report, RunReport.Validation validation) {
        String found = report.isIncomplete() ? "INCOMPLETE" : validation.isValid() ? "VALID" : "INVALID";
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "  Validation (%s)%s: %s. %,d compared, %,d missing, %,d different, %,d unexpected.%n",
                validation.mode(),
                by(validation.earlier()),
                found,
                validation.compared(),
                validation.missing(),
                validation.different(),
                validation.unexpected()));
        List<ValidationIssue> first = validation
                .issues()
                .subList(0, Math.min(ISSUES, validation.issues().size()));
        for (ValidationIssue issue : first) {
            text.append("    ").append(describe(issue)).append('\n');
        }
        validation
                .lostWithoutReason()
                .forEach(field -> text.append("    %s of %s would not come back by a rollback as legacy has it%n"
                        .formatted(field, Amount.of(validation.lost().getOrDefault(field, 0L), "record"))));
        validation.slow().forEach(slow -> text.append("    ").append(slow).append('\n'));
        validation.queries().stream()
                .filter(query -> query.missingIndex() != null)
                .forEach(query ->
                        text.append("    no index serves %s: %s%n".formatted(query.name(), query.missingIndex())));
        return text.toString();
    }

    private static String by(RunReport.@Nullable Earlier run) {
        if (run == null) {
            return "";
        }
        return (run.runId() == null ? " of an earlier run" : " of run " + run.runId())
                + (run.endedAt() == null ? "" : ", which ended " + run.endedAt().truncatedTo(ChronoUnit.SECONDS));
    }

    private static String describe(ValidationIssue issue) {
        return switch (issue.kind()) {
            case "missing" -> "%s %s is missing in the target".formatted(issue.entity(), issue.legacyId());
            case "unexpected" ->
                "%s %s carries our marker, but no migration wrote it".formatted(issue.entity(), issue.found());
            default ->
                "%s %s: %s must be %s, but is %s"
                        .formatted(issue.entity(), issue.legacyId(), issue.field(), issue.expected(), issue.found());
        };
    }

    private static String rollback(RunReport.Rollback rollback, boolean undo) {
        return undo ? undone(rollback) : done(rollback);
    }

    private static String undone(RunReport.Rollback rollback) {
        return "  %s %s put back into the target.%n"
                        .formatted(Amount.of(-rollback.removed(), "record"), rollback.removed() == -1 ? "was" : "were")
                + kept(rollback.keptBecause(), "not put back");
    }

    private static String kept(Map<String, Long> because, String word) {
        StringBuilder text = new StringBuilder();
        because.forEach((why, count) -> text.append(String.format(Locale.ROOT, "  %,9d  %s: %s%n", count, word, why)));
        return text.toString();
    }

    private static String changes(FollowedChanges.Totals changes) {
        return "  Changed in legacy after they were moved: %s updated in the target, %,d kept there as they are.%n"
                        .formatted(Amount.of(changes.updated(), "record"), changes.kept())
                + kept(changes.keptBecause(), "kept");
    }

    private static String deletions(FollowedChanges.Deletions deleted) {
        StringBuilder text = new StringBuilder(
                "  Deleted in legacy after they were moved: %s removed from the target, %,d kept there as they are.%n"
                        .formatted(Amount.of(deleted.removed(), "record"), deleted.kept()));
        text.append(kept(deleted.keptBecause(), "kept"));
        if (deleted.forgotten() > 0) {
            text.append(String.format(
                    Locale.ROOT, "  %,9d  had no record of ours in the target any more%n", deleted.forgotten()));
        }
        if (deleted.waiting() > 0) {
            text.append(String.format(
                    Locale.ROOT, "  %,9d  not removed yet: their legacy rows are gone%n", deleted.waiting()));
        }
        return text.toString();
    }

    private static String dualWrite(RunReport.DualWrite dualWrite) {
        CarriedWrites.Totals carried = dualWrite.carried();
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "  Written by the application, so far: %s inserted into legacy, %,d updated, %,d deleted there.%n",
                Amount.of(carried.of(Action.INSERTED), "record"),
                carried.of(Action.UPDATED),
                carried.of(Action.DELETED)));
        text.append(kept(carried.keptBecause(), "not carried"));
        if (dualWrite.waiting().unseen() > 0) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %,9d  waiting in the queue for the next sync%n",
                    dualWrite.waiting().unseen()));
        }
        return text.append(kept(dualWrite.waiting().heldBecause(), "held in the queue"))
                .toString();
    }

    private static String done(RunReport.Rollback rollback) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "  %,d removed from the target, %s carried back to legacy, %,d kept in the target.%n",
                rollback.removed(),
                Amount.of(rollback.restored(), "change"),
                rollback.kept()));
        text.append(kept(rollback.keptBecause(), "kept"));
        if (rollback.gone() > 0) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %,9d  had been deleted in the new system; legacy has them still%n",
                    rollback.gone()));
        }
        if (rollback.legacyKept() > 0) {
            text.append(String.format(
                    Locale.ROOT, "  %,9d  not what was migrated; legacy was left as it is%n", rollback.legacyKept()));
        }
        return text.toString();
    }

    static String duration(Duration duration) {
        if (duration.toMinutes() == 0) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        return duration.toHours() == 0
                ? "%d min %d s".formatted(duration.toMinutes(), duration.toSecondsPart())
                : "%d h %d min".formatted(duration.toHours(), duration.toMinutesPart());
    }
}
