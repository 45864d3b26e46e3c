package dev.threadsmigration.cli;

import java.util.Locale;
import org.flywaydb.core.Flyway;
import org.springframework.batch.core.observability.jfr.events.job.JobLaunchEvent;

/**
 * Loads the largest of the libraries that a run comes to later, on a processor that the start of the application leaves
 * idle. What cannot be loaded here fails again where it is needed, and is said there.
 */
final class HeadStart {

    private HeadStart() {}

    static void begin() {
        Thread thread = new Thread(HeadStart::load, "head-start");
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((same, failure) -> {});
        thread.start();
    }

    private static void load() {
        Locale.getAvailableLocales(); // for Spring's messages
        new JobLaunchEvent("", ""); // Spring Batch's first event makes the flight recorder read its own types
        Flyway.configure().load();
    }
}
