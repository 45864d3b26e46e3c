package dev.threadsmigration.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A command that goes on while the test does. */
interface RunningCommand {

    Duration LONGEST = Duration.ofMinutes(3);

    /** What it has said so far. */
    String output();

    boolean isAlive();

    /** Waits for its end. */
    int exitCode();

    /** Waits until it has said this. */
    default void awaitOutput(String text) {
        awaitOutput(text, 1);
    }

    default void awaitOutput(String text, int times) {
        Awaitility.await().pollInterval(Duration.ofMillis(20)).atMost(LONGEST).until(() -> {
            // In this order: what it said last it has said before it ended.
            boolean isAlive = isAlive();
            boolean said = output().split(Pattern.quote(text), -1).length > times;
            assertThat(said || isAlive)
                    .as("ended before it said '%s': %s", text, output())
                    .isTrue();
            return said;
        });
    }

    default void assertExitCode(int expected) {
        assertThat(exitCode()).as(this::output).isEqualTo(expected);
    }
}
