package dev.threadsmigration.ledger;

/** The run that this process executes. Its id is known once the audit log has it. */
public final class CurrentRun {

    private final String migration;
    private volatile long id;

    public CurrentRun(String migration) {
        this.migration = migration;
    }

    /** The migration's name. */
    public String migration() {
        return migration;
    }

    /** The number of the run, unique in its target database; 0 for a run that leaves no trace. */
    public long id() {
        return id;
    }

    void begin(long runId) {
        id = runId;
    }
}
