package dev.threadsmigration;

/** Entry point. */
public final class ThreadsMigrationApplication {

    private ThreadsMigrationApplication() {}

    public static void main(String[] args) {}
}
