package dev.threadsmigration.report;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Progress as lines of the log. */
final class LogScreen implements Progress.Screen {

    private static final Logger LOG = LoggerFactory.getLogger("dev.threadsmigration.progress");

    @Override
    public void show(Progress.Snapshot snapshot) {
        LOG.info("{}", snapshot.line());
    }

    @Override
    public void close() {
        // The log stays open.
    }
}
