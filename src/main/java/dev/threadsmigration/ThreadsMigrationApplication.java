package dev.threadsmigration;

import dev.threadsmigration.cli.CommandLineTool;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Entry point. */
public final class ThreadsMigrationApplication {

    /** Metadata may be nested a thousand levels deep, and trees are walked by recursion. */
    private static final long STACK_BYTES = 16L << 20;

    /** Held, or its level would be forgotten. */
    private static final Logger POSTGRESQL = Logger.getLogger("org.postgresql");

    private ThreadsMigrationApplication() {}

    public static void main(String[] args) {
        // Numbers in messages and in the ledger are the same wherever it runs.
        Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
        // Its warnings of a URL hold all of it, and with it a password.
        POSTGRESQL.setLevel(Level.OFF);
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
