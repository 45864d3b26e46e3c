package dev.threadsmigration.report;

import dev.threadsmigration.ledger.AuditLog;
import dev.threadsmigration.ledger.RejectedRecord;
import java.util.List;
import java.util.Map;

/**
 * What a report tells beside the outcome.
 *
 * @param version of this tool
 * @param jobFile the job file as it stood on the command line; empty: the built-in demo
 * @param redacted whether texts stand as their length and hash
 * @param settings without secrets
 * @param history the migration's latest runs, the latest first, this one included
 * @param samples how this run went, moment by moment
 * @param next what a person does next
 * @param examples the first rejects of every code
 */
public record RunDetails(
        String version,
        String jobFile,
        boolean redacted,
        Map<String, String> settings,
        List<AuditLog.Entry> history,
        List<Timeline.Sample> samples,
        List<NextStep> next,
        Map<String, List<RejectedRecord>> examples) {

    /** How many rejects of a code are shown as its examples. */
    public static final int EXAMPLES = 3;

    /** How many runs a report looks back. */
    public static final int RUNS = 30;
}
