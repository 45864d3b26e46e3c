package dev.threadsmigration;

import dev.threadsmigration.cli.CommandLineTool;

/** Entry point. */
public final class ThreadsMigrationApplication {

    private ThreadsMigrationApplication() {}

    public static void main(String[] args) {
        System.exit(CommandLineTool.run(args));
    }
}
