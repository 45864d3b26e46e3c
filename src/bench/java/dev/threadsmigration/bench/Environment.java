package dev.threadsmigration.bench;

/** Tells a program of this benchmark, in a process of its own, where the databases are. */
final class Environment {

    static final String LEGACY_URL = "BENCH_LEGACY_URL";
    static final String TARGET_URL = "BENCH_TARGET_URL";
    static final String USER = "BENCH_USER";
    static final String PASSWORD = "BENCH_PASSWORD";

    private Environment() {}

    static Database legacy() {
        return database(LEGACY_URL);
    }

    static Database target() {
        return database(TARGET_URL);
    }

    private static Database database(String url) {
        return new Database(System.getenv(url), System.getenv(USER), System.getenv(PASSWORD));
    }
}
