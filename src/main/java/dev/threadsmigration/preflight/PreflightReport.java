package dev.threadsmigration.preflight;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of all checks.
 *
 * @param plan null where a check failed
 * @param unreachable whether a database did not answer, so that the same may succeed later
 */
public record PreflightReport(List<Check> checks, @Nullable MigrationPlan plan, boolean unreachable) {

    public List<Check> failures() {
        return checks.stream()
                .filter(check -> check.result() == Check.Result.FAILED)
                .toList();
    }
}
