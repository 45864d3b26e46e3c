package dev.threadsmigration.preflight;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of all checks.
 *
 * @param plan null where a check failed
 */
public record PreflightReport(List<Check> checks, @Nullable MigrationPlan plan) {

    public List<Check> failures() {
        return checks.stream()
                .filter(check -> check.result() == Check.Result.FAILED)
                .toList();
    }
}
