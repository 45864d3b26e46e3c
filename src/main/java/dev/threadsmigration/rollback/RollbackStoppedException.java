package dev.threadsmigration.rollback;

/** A rollback that must not go on. The message says why, what was touched, and what to do. */
public final class RollbackStoppedException extends RuntimeException {

    private final boolean nothingTouched;

    RollbackStoppedException(String message, boolean nothingTouched) {
        super(message);
        this.nothingTouched = nothingTouched;
    }

    /** Whether both databases are as they were. */
    public boolean nothingTouched() {
        return nothingTouched;
    }
}
