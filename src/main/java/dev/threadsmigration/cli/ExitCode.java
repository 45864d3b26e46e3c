package dev.threadsmigration.cli;

/** The exit codes; scripts rely on them. */
final class ExitCode {

    /** Done. */
    static final int DONE = 0;
    /** Failed; run again to resume. */
    static final int FAILED = 1;
    /** Wrong usage or settings; nothing was touched. */
    static final int USAGE = 2;
    /** Validation found differences. */
    static final int INVALID = 3;
    /** Another process is running this migration. */
    static final int BUSY = 4;
    /** Stopped by SIGTERM; run again to resume. */
    static final int STOPPED = 143;

    private ExitCode() {}
}
