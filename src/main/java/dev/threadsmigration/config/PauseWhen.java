package dev.threadsmigration.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a run stands still to spare the target, until it is better again.
 *
 * @param replicationLag how far its slowest replica may be behind; null: any time
 * @param activeSessions how many sessions of others may be at work in it at once; null: any number
 */
public record PauseWhen(
        @Nullable Duration replicationLag, @Nullable Integer activeSessions) {

    /** No pauses. */
    public static final PauseWhen NEVER = new PauseWhen(null, null);

    public PauseWhen {
        Settings.check(
                replicationLag == null || !replicationLag.isNegative() && !replicationLag.isZero(),
                "pause-when.replication-lag",
                "must be above 0, but is " + replicationLag);
        Settings.check(
                activeSessions == null || activeSessions > 0,
                "pause-when.active-sessions",
                "must be above 0, but is " + activeSessions);
    }

    public boolean isNever() {
        return replicationLag == null && activeSessions == null;
    }

    /** For messages. */
    @Override
    public String toString() {
        if (isNever()) {
            return "never";
        }
        String lag =
                replicationLag == null ? "" : "a replica is more than " + Durations.text(replicationLag) + " behind";
        String sessions = activeSessions == null ? "" : "more than " + activeSessions + " sessions are at work";
        return lag.isEmpty() || sessions.isEmpty() ? lag + sessions : lag + " or " + sessions;
    }
}
