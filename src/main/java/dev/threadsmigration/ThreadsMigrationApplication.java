package dev.threadsmigration;

import dev.threadsmigration.cli.CommandLineTool;

/** Entry point. */
public final class ThreadsMigrationApplication {

    /** Metadata may be nested a thousand levels deep, and trees are walked by recursion. */
    private static final long STACK_BYTES = 16L << 20;

    private ThreadsMigrationApplication() {}

    public static void main(String[] args) {
        new Thread(null, () -> run(args), "threads-migration", STACK_BYTES).start();
    }

    private static void run(String... args) {
        int exitCode = 1; // where nobody catches what is thrown, such as an OutOfMemoryError
        try {
            exitCode = CommandLineTool.run(args);
        } finally {
            System.exit(exitCode);
        }
    }
}
