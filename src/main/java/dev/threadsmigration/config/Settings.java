package dev.threadsmigration.config;

import org.jspecify.annotations.Nullable;

/** Checks of single settings, for the records that hold them. */
final class Settings {

    private Settings() {}

    static void require(@Nullable Object value, String key, String meaning) {
        if (value == null || value.toString().isBlank()) {
            throw new InvalidSettingException(key, "is missing: " + meaning);
        }
    }

    static void checkUrl(String url, String key) {
        String problem = JdbcUrl.problem(url);
        check(problem == null, key, String.valueOf(problem));
    }

    static void check(boolean holds, String key, String problem) {
        if (!holds) {
            throw new InvalidSettingException(key, problem);
        }
    }
}
