package dev.threadsmigration.ledger;

/** How a run is, or how it ended. */
public enum RunStatus {
    RUNNING,
    /** Did all of its work, and what it compared is as it should be. */
    COMPLETED,
    /** Did all of its work, and found that the two sides differ, or that not every record has arrived. */
    INVALID,
    /** Was asked to stop. */
    STOPPED,
    /** Could not go on, or refused to begin. */
    FAILED,
    /** Is gone without having said so: killed, or its machine was lost. */
    KILLED;

    /** Whether a run did all of its work, whatever it found. */
    public boolean isFinished() {
        return this == COMPLETED || this == INVALID;
    }
}
