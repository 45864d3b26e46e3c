package dev.threadsmigration.report;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Progress as lines of the log; where the log is structured, its figures are fields of their own. */
final class LogScreen implements Progress.Screen {

    private static final Logger LOG = LoggerFactory.getLogger("dev.threadsmigration.progress");

    @Override
    public void show(Progress.Snapshot snapshot) {
        LOG.atInfo()
                .addKeyValue("entity", snapshot.entity().label())
                .addKeyValue("done", snapshot.done())
                .addKeyValue("total", snapshot.total())
                .addKeyValue("percent", snapshot.percent())
                .addKeyValue("recordsPerSecond", snapshot.recordsPerSecond())
                .addKeyValue("secondsLeft", snapshot.timeLeft().toSeconds())
                .addKeyValue("rejected", snapshot.rejected())
                .log(snapshot.line());
    }

    @Override
    public void close() {
        // The log stays open.
    }
}
