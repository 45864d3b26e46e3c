package dev.threadsmigration.cli;

import dev.threadsmigration.ledger.AuditLog;
import dev.threadsmigration.ledger.RunLock;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Takes a migration's lock. Where no run has it, it is waited for: a store of an application has it while it moves a record,
 * and a run that has ended until the server has noticed.
 */
final class LockWait {

    /** Far longer than a record takes to be moved, and short for who waits for an answer. */
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(30);

    private LockWait() {}

    /**
     * @param audit in which a run that has the lock is open
     * @return false where another process has it
     */
    static boolean take(RunLock lock, AuditLog audit, Clock clock) throws SQLException {
        Instant end = clock.instant().plus(LONGEST);
        while (!lock.tryAcquire()) {
            boolean ofRun = audit.latest(1).stream().anyMatch(AuditLog.Entry::isOpen);
            if (ofRun || clock.instant().isAfter(end)) {
                return false;
            }
            try {
                Thread.sleep(BETWEEN_TRIES.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
