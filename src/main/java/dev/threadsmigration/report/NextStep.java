package dev.threadsmigration.report;

import org.jspecify.annotations.Nullable;

/**
 * What a person does next.
 *
 * @param run the command that does it; null where a person does
 */
public record NextStep(String what, @Nullable String run) {

    /** The step as one line of text. */
    String line() {
        return run == null ? what : what + ": " + run;
    }
}
