package dev.threadsmigration.cli;

import dev.threadsmigration.config.EffectiveSettings;
import dev.threadsmigration.ledger.AuditLog;
import dev.threadsmigration.ledger.BuildVersion;
import dev.threadsmigration.ledger.RejectedRecord;
import dev.threadsmigration.ledger.Rejects;
import dev.threadsmigration.report.NextStep;
import dev.threadsmigration.report.Progress;
import dev.threadsmigration.report.Redaction;
import dev.threadsmigration.report.RunDetails;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects what a report tells beside the outcome. */
final class Details {

    private final Session session;

    Details(Session session) {
        this.session = session;
    }

    /** @param next what a person does next */
    RunDetails of(Redaction redaction, List<NextStep> next) {
        Map<String, List<RejectedRecord>> examples = new LinkedHashMap<>();
        session.get(Rejects.class)
                .examples(RunDetails.EXAMPLES)
                .forEach((code, rejects) ->
                        examples.put(code, rejects.stream().map(redaction::of).toList()));
        return new RunDetails(
                BuildVersion.current(),
                session.commandOptions().jobFileArgument().strip(),
                redaction.isActive(),
                EffectiveSettings.of(session.properties()),
                session.get(AuditLog.class).latest(RunDetails.RUNS).stream()
                        .map(redaction::of)
                        .toList(),
                session.get(Progress.class).samples(),
                next,
                examples);
    }
}
